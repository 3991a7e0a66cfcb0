"""What is said where users link Hugging Face tokens of their own; a token itself is in no sentence."""

from bot.ui.wording.language import N_

FORM = N_("Link your Hugging Face token")
ABOUT = N_(
    "The GPU quota of your own account is then used first for your pictures, and for nobody else's.\n"
    "Make a token of type **Read**: it is sent to the Space that draws, whose author could read it."
)
FIELD = N_("Token")
HINT = N_("From huggingface.co/settings/tokens. It is kept encrypted, and never shown again.")
PLACEHOLDER = "hf_…"

LINKED = N_(
    "🔗 Your token is linked: its GPU quota is used first for your pictures. `/token forget` ends that."
)
FORGOTTEN = N_("🗑️ Your token is forgotten.")
NOTHING_LINKED = N_("The bot has no token of yours.")
