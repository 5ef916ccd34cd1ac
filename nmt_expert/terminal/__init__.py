"""Prompts and screens: the only room that imports rich, questionary or prompt_toolkit."""
