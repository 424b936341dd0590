"""What people send in besides forms of ours: letters, photographs, e-mails, tables of answers."""
