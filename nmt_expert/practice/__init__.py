"""Practice: cases, commit before reveal, the process score, memory; knows no terminal."""
