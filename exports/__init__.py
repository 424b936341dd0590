"""What leaves the system as a file: frozen values in, bytes out."""
