"""Every sentence with which ZeroGPU says no, word by word, with the numbers that one run would fill in."""

# Source: the `spaces` package, spaces/zero/client.py and spaces/zero/wrappers.py of the releases named.
# Before 0.32 it raised a plain gr.Error, whose title is Gradio's own.

from dataclasses import dataclass

PLAIN = "Error"
QUOTA = "ZeroGPU quota exceeded"
DURATION = "ZeroGPU illegal duration"
PENDING = "ZeroGPU pending credits exceeded"
TIMEOUT = "ZeroGPU queue timeout"
CLIENT = "ZeroGPU client error"
WORKER = "ZeroGPU worker error"


@dataclass(frozen=True, slots=True)
class Wording:
    """An error of ZeroGPU, word by word.

    Attributes:
        message: What it says, markup included.
        title: The heading.
        release: The `spaces` releases that say so: the ones that were read, or the range known to.
    """

    message: str
    title: str
    release: str


_STYLE = "white-space: nowrap;text-underline-offset: 2px;color: var(--body-text-color)"
_SIGN_UP = f'<a style="{_STYLE}" href="https://huggingface.co/join">Create a free account</a>'
_PRO_LINK = "https://huggingface.co/settings/billing/subscription"
_GO_PRO = f'<a style="{_STYLE}" href="{_PRO_LINK}">Subscribe to Pro</a>'
_LOG_IN = "Authenticate with a Hugging Face token for more quota - https://huggingface.co/settings/tokens"
_PRO_URL = "https://huggingface.co/subscribe/pro?from=ZeroGPU"
_PRO_MINUTES = f"Subscribe to Hugging Face PRO to get 40 min of ZeroGPU quota a day - {_PRO_URL}"
_ADD_CREDITS = (
    "Add credits to keep using ZeroGPU. $1 for 10 minutes of ZeroGPU inference - "
    "https://huggingface.co/settings/billing?add-credits=true"
)
_EXAMPLES = "Try re-running outside of examples if it happened after clicking one"
_OLD = "(12s left vs. 60s requested)"
_NEW = "(60s requested vs. 12s left)"
_TOO_LONG = "The requested GPU duration (300s) is larger than the maximum allowed"

_QUOTAS: tuple[tuple[str, str, str], ...] = (
    (f"You have exceeded your GPU quota {_NEW}. Try again in 0:12:34", QUOTA, "0.37-0.48"),
    ("You have exceeded your GPU quota", PLAIN, "0.19"),
    (f"You have exceeded your GPU quota {_OLD}. Please retry in 0:12:34", PLAIN, "0.24-0.28"),
    (
        (
            f"You have exceeded your GPU quota {_OLD}. "
            "Sign-up on Hugging Face to get more quotas or retry in 0:12:34"
        ),
        PLAIN,
        "0.28",
    ),
    (
        (
            f"You have exceeded your GPU quota {_OLD}. "
            '<a href="https://huggingface.co/join">Sign-up on Hugging Face</a> '
            "to get more quotas or retry in 0:12:34"
        ),
        PLAIN,
        "0.29",
    ),
    (
        (
            f"You have exceeded your GPU quota {_OLD}. "
            '<a href="https://huggingface.co/subscribe/pro">Subscribe to Pro</a> to get more quotas or '
            "retry in 1 day, 0:00:05"
        ),
        PLAIN,
        "0.29",
    ),
    (f"You have exceeded your GPU quota {_NEW}. {_SIGN_UP} to get more daily usage quota.", QUOTA, "0.32"),
    (
        f"You have exceeded your free GPU quota {_NEW}. {_GO_PRO} to get 5x more daily usage quota.",
        QUOTA,
        "0.32",
    ),
    (f"You have exceeded your Pro GPU quota {_NEW}. Try again in 1 day, 0:00:05", QUOTA, "0.32-0.48"),
    ("You have exceeded your GPU quota (60s requested vs. 0s left).", QUOTA, "0.34-0.35"),
    (
        "You have exceeded your GPU quota (60s requested vs. -3s left). Try again in 0:00:00",
        QUOTA,
        "0.37-0.48",
    ),
    (
        (
            "Unlogged user is runnning out of daily ZeroGPU quotas. "
            "Signup for free on https://huggingface.co/join or login on https://huggingface.co/login "
            "to get more ZeroGPU quota now."
        ),
        QUOTA,
        "0.42, to an MCP client",
    ),
    (
        (
            "User is runnning out of daily ZeroGPU quotas. Visit https://huggingface.co/subscribe/pro "
            "to get more ZeroGPU quota now."
        ),
        QUOTA,
        "0.42, to an MCP client",
    ),
    (
        (
            "You have exceeded your ZeroGPU quota (65s requested vs. 12s left). "
            f"Try again in 2 days, 3:04:05.123456. {_LOG_IN}"
        ),
        QUOTA,
        "0.51",
    ),
    (
        (
            "You have exceeded your free ZeroGPU quota (65s requested vs. 12s left). "
            f"Try again in 5:00:00. {_PRO_MINUTES}"
        ),
        QUOTA,
        "0.51",
    ),
    (
        (
            "You have exceeded your Pro ZeroGPU quota (65s requested vs. 12s left). "
            f"Try again in 5:00:00. {_ADD_CREDITS}"
        ),
        QUOTA,
        "0.51",
    ),
    ("You have exceeded your runs limit.", QUOTA, "0.35-0.48"),
    (f"You have exceeded your ZeroGPU runs limit. {_LOG_IN}", QUOTA, "0.51"),
    (f"Space app has reached its GPU limit. {_EXAMPLES}", QUOTA, "0.35 and later"),
)

_OTHERS: tuple[tuple[str, str, str], ...] = (
    (
        (
            "You have too many ZeroGPU credits allocated to running tasks. "
            "Try again once some of those tasks have completed."
        ),
        PENDING,
        "0.51",
    ),
    (_TOO_LONG, PLAIN, "0.24-0.30"),
    (_TOO_LONG, DURATION, "0.32 and later"),
    (
        f"{_TOO_LONG}Subscribe to Hugging Face PRO to allow GPU tasks up to 40 min - {_PRO_URL}",
        DURATION,
        "0.51.3",
    ),
    ("No GPU is currently available", PLAIN, "0.19-0.29"),
    ("No GPU is currently available for you after 60s", PLAIN, "0.24-0.29"),
    ("No GPU was available", CLIENT, "0.32 and later"),
    (
        f"No GPU was available after 60s. {_SIGN_UP} to get a higher priority in ZeroGPU queues.",
        TIMEOUT,
        "0.32 and later",
    ),
    ("No GPU was available after 60s. Retry later", TIMEOUT, "0.32 and later, with a Pro account"),
    (f"No GPU was available after 60s. {_EXAMPLES}", QUOTA, "0.35 and later, without a token"),
    ("Expired ZeroGPU proxy token", CLIENT, "0.32 and later"),
    ("GPU task aborted", PLAIN, "0.19-0.28"),
    ("GPU task aborted", WORKER, "0.51"),
    ("RuntimeError", WORKER, "0.51, when the function raised it"),
    ("OutOfMemoryError", WORKER, "0.51, when the function raised it"),
)

WORDINGS: tuple[Wording, ...] = tuple(Wording(*fields) for fields in (*_QUOTAS, *_OTHERS))
QUOTA_GONE = WORDINGS[0]
RUNS_GONE = next(wording for wording in WORDINGS if "ZeroGPU runs limit" in wording.message)
NO_GPU_CAME = next(wording for wording in WORDINGS if wording.title == TIMEOUT)
