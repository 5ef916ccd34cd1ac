"""The names of steps: a prompt that is asked again gets a number behind its name."""


def step_name(prompt: str, before: int) -> str:
    """The name of the step that replies to a prompt, unique after ``before`` of its kind."""
    return f"{prompt}~{before + 1}" if before else prompt


def asked_prompt(step: str) -> str:
    """The id of the prompt that a step replied to."""
    return step.partition("~")[0]
