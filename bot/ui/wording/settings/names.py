"""What each setting, each page and each place is called, and what a setting does, in a line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from bot.domain.settings.catalogue import Group, Layer
from bot.domain.settings.layers import Target


class Text(NamedTuple):
    """The words for a setting.

    Attributes:
        label: Its name, up to 45 characters.
        explanation: What it does, up to 100 characters.
    """

    label: str
    explanation: str


SETTINGS: Mapping[str, Text] = MappingProxyType(
    {
        "model": Text("Model", "What draws when a member names no model."),
        "style": Text("Style", "The style of pictures for which a member names none."),
        "aspect_ratio": Text("Shape", "The shape of pictures for which a member gives none."),
        "width": Text("Width", "Pixels across when a member gives no size; not set: the shape decides."),
        "height": Text("Height", "Pixels down when a member gives no size; not set: the shape decides."),
        "guidance_scale": Text("Guidance", "How closely pictures follow the prompt."),
        "steps": Text("Steps", "How many times a picture is refined."),
        "count": Text("Pictures", "How many pictures one prompt draws."),
        "negative_prompt": Text(
            "Negative prompt", "What pictures should not show when a member says nothing."
        ),
        "always_negative": Text("Always negative", "Added to every negative prompt, also a member's own."),
        "privacy": Text("Who sees pictures", "Everybody, or only who asked; “always” takes the choice away."),
        "spoiler": Text("Spoiler", "Hides pictures until they are clicked, unless a member says otherwise."),
        "previews": Text("Previews", "Shows pictures while they are being drawn."),
        "language": Text("Language", "The language of texts that everybody sees."),
        "max_width": Text("Largest width", "The most pixels across that a member may ask for."),
        "max_height": Text("Largest height", "The most pixels down that a member may ask for."),
        "max_steps": Text("Most steps", "The most steps that a member may ask for."),
        "max_guidance_scale": Text("Most guidance", "The most guidance that a member may ask for."),
        "max_count": Text("Most pictures", "The most pictures of one prompt that a member may ask for."),
        "closed_options": Text("Closed options", "Options of /imagine that members may not use."),
        "allowed_channels": Text("Channels", "Where the bot draws, channels or whole categories."),
        "allowed_roles": Text("Roles", "Who may draw: members with one of these roles."),
        "age_restricted_only": Text("Age-restricted only", "Draws only in channels that are age-restricted."),
        "paused": Text("Pause", "Draws nothing until it is turned off again."),
        "pause_text": Text("Words for the pause", "What members read while the bot is paused."),
        "user_at_once": Text("Member: at a time", "Requests of one member that wait or are being drawn."),
        "user_burst": Text("Member: in quick succession", "Pictures of one member without a break."),
        "user_cooldown": Text("Member: break", "How long until one more picture after quick succession."),
        "user_daily": Text("Member: a day", "Pictures of one member in 24 hours."),
        "channel_daily": Text("Channel: a day", "Pictures of one channel in 24 hours."),
        "server_daily": Text("Server: a day", "Pictures of the whole server in 24 hours."),
        "blocked_words": Text("Blocked words", "A prompt with one of these is not drawn."),
        "mature_words": Text("Mature words", "A prompt with one of these needs an age-restricted channel."),
        "warned_words": Text(
            "Words with a warning", "Such a prompt is drawn, and its member alone is warned."
        ),
        "reviewed_words": Text("Words for review", "Such a prompt is not drawn; the report channel gets it."),
        "allowed_words": Text(
            "Allowed words", "Exempt from the lists above; not from the operator's own list."
        ),
        "log_channel": Text("Log channel", "Where the bot writes what moderators do."),
        "report_channel": Text("Report channel", "Where reports of members go."),
        "reports_to_hide": Text("Reports that hide", "So many members' reports hide a picture."),
        "hide_by": Text("Hiding", "What becomes of a picture that reports hide."),
        "retention_days": Text("Kept for", "How long the bot keeps pictures and prompts of this server."),
    }
)

GROUPS: Mapping[Group, Text] = MappingProxyType(
    {
        Group.DEFAULTS: Text("Defaults", "What is drawn when a member does not say."),
        Group.MAXIMA: Text("Maxima", "The most that a member may ask for."),
        Group.ACCESS: Text("Access", "Who may draw, where, and with which options."),
        Group.LIMITS: Text("Limits", "How much may be drawn; never more than the operator allows."),
        Group.WORDS: Text("Words", "Words and phrases in prompts."),
        Group.MODERATION: Text("Moderation", "Reports, the log, and how long things are kept."),
    }
)

LAYERS: Mapping[Layer, str] = MappingProxyType(
    {Layer.SERVER: "server", Layer.CATEGORY: "category", Layer.CHANNEL: "channel", Layer.ROLE: "role"}
)


def label(name: str) -> str:
    """Return a setting's name, as people read it."""
    return SETTINGS[name].label


def where(target: Target) -> str:
    """Return a place; Discord shows its name."""
    match target.layer:
        case Layer.SERVER:
            return "this server"
        case Layer.ROLE:
            return f"<@&{target.id}>"
        case _:
            return f"<#{target.id}>"


def group_title(group: Group, part: int, parts: int) -> str:
    """Return the name of a page; `part` counts from 0."""
    title = GROUPS[group].label
    return title if parts == 1 else f"{title} {part + 1}/{parts}"
