"""What a file says it is: identifiers, digests, signatures and what they are worth."""
