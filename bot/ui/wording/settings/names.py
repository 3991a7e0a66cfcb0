"""What each setting, each page and each place is called, and what a setting does, in a line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from bot.domain.settings.catalogue import Group, Layer
from bot.domain.settings.layers import Target
from bot.ui.wording.language import N_, _


class Text(NamedTuple):
    """The words for a setting, to be translated where they are used.

    Attributes:
        label: Its name, up to 45 characters.
        explanation: What it does, up to 100 characters.
    """

    label: str
    explanation: str


SETTINGS: Mapping[str, Text] = MappingProxyType(
    {
        "model": Text(N_("Model"), N_("What draws when a member names no model.")),
        "style": Text(N_("Style"), N_("The style of pictures for which a member names none.")),
        "aspect_ratio": Text(N_("Shape"), N_("The shape of pictures for which a member gives none.")),
        "width": Text(
            N_("Width"), N_("Pixels across when a member gives no size; not set: the shape decides.")
        ),
        "height": Text(
            N_("Height"), N_("Pixels down when a member gives no size; not set: the shape decides.")
        ),
        "guidance_scale": Text(N_("Guidance"), N_("How closely pictures follow the prompt.")),
        "steps": Text(N_("Steps"), N_("How many times a picture is refined.")),
        "count": Text(N_("Pictures"), N_("How many pictures one prompt draws.")),
        "negative_prompt": Text(
            N_("Negative prompt"), N_("What pictures should not show when a member says nothing.")
        ),
        "always_negative": Text(
            N_("Always negative"), N_("Added to every negative prompt, also a member's own.")
        ),
        "privacy": Text(
            N_("Who sees pictures"), N_("Everybody, or only who asked; “always” takes the choice away.")
        ),
        "spoiler": Text(
            N_("Spoiler"), N_("Hides pictures until they are clicked, unless a member says otherwise.")
        ),
        "previews": Text(N_("Previews"), N_("Shows pictures while they are being drawn.")),
        "language": Text(N_("Language"), N_("The language of texts that everybody sees.")),
        "max_width": Text(N_("Largest width"), N_("The most pixels across that a member may ask for.")),
        "max_height": Text(N_("Largest height"), N_("The most pixels down that a member may ask for.")),
        "max_steps": Text(N_("Most steps"), N_("The most steps that a member may ask for.")),
        "max_guidance_scale": Text(N_("Most guidance"), N_("The most guidance that a member may ask for.")),
        "max_count": Text(
            N_("Most pictures"), N_("The most pictures of one prompt that a member may ask for.")
        ),
        "closed_options": Text(N_("Closed options"), N_("Options of /imagine that members may not use.")),
        "allowed_channels": Text(N_("Channels"), N_("Where the bot draws, channels or whole categories.")),
        "allowed_roles": Text(N_("Roles"), N_("Who may draw: members with one of these roles.")),
        "age_restricted_only": Text(
            N_("Age-restricted only"), N_("Draws only in channels that are age-restricted.")
        ),
        "paused": Text(N_("Pause"), N_("Draws nothing until it is turned off again.")),
        "pause_text": Text(N_("Words for the pause"), N_("What members read while the bot is paused.")),
        "user_at_once": Text(
            N_("Member: at a time"), N_("Requests of one member that wait or are being drawn.")
        ),
        "user_burst": Text(N_("Member: in quick succession"), N_("Pictures of one member without a break.")),
        "user_cooldown": Text(
            N_("Member: break"), N_("How long until one more picture after quick succession.")
        ),
        "user_daily": Text(N_("Member: a day"), N_("Pictures of one member in 24 hours.")),
        "channel_daily": Text(N_("Channel: a day"), N_("Pictures of one channel in 24 hours.")),
        "server_daily": Text(N_("Server: a day"), N_("Pictures of the whole server in 24 hours.")),
        "blocked_words": Text(N_("Blocked words"), N_("A prompt with one of these is not drawn.")),
        "mature_words": Text(
            N_("Mature words"), N_("A prompt with one of these needs an age-restricted channel.")
        ),
        "warned_words": Text(
            N_("Words with a warning"), N_("Such a prompt is drawn, and its member alone is warned.")
        ),
        "reviewed_words": Text(
            N_("Words for review"), N_("Such a prompt is not drawn; the report channel gets it.")
        ),
        "allowed_words": Text(
            N_("Allowed words"), N_("Exempt from the lists above; not from the operator's own list.")
        ),
        "log_channel": Text(N_("Log channel"), N_("Where the bot writes what moderators do.")),
        "report_channel": Text(N_("Report channel"), N_("Where reports of members go.")),
        "reports_to_hide": Text(N_("Reports that hide"), N_("So many members' reports hide a picture.")),
        "hide_by": Text(N_("Hiding"), N_("What becomes of a picture that reports hide.")),
        "retention_days": Text(
            N_("Kept for"), N_("How long the bot keeps pictures and prompts of this server.")
        ),
    }
)

GROUPS: Mapping[Group, Text] = MappingProxyType(
    {
        Group.DEFAULTS: Text(N_("Defaults"), N_("What is drawn when a member does not say.")),
        Group.MAXIMA: Text(N_("Maxima"), N_("The most that a member may ask for.")),
        Group.ACCESS: Text(N_("Access"), N_("Who may draw, where, and with which options.")),
        Group.LIMITS: Text(N_("Limits"), N_("How much may be drawn; never more than the operator allows.")),
        Group.WORDS: Text(N_("Words"), N_("Words and phrases in prompts.")),
        Group.MODERATION: Text(N_("Moderation"), N_("Reports, the log, and how long things are kept.")),
    }
)

LAYERS: Mapping[Layer, str] = MappingProxyType(
    {
        Layer.SERVER: N_("server"),
        Layer.CATEGORY: N_("category"),
        Layer.CHANNEL: N_("channel"),
        Layer.ROLE: N_("role"),
    }
)


def label(name: str) -> str:
    """Return a setting's name, as people read it."""
    return _(SETTINGS[name].label)


def where(target: Target) -> str:
    """Return a place; Discord shows its name."""
    match target.layer:
        case Layer.SERVER:
            return _("this server")
        case Layer.ROLE:
            return f"<@&{target.id}>"
        case _:
            return f"<#{target.id}>"


def group_title(group: Group, part: int, parts: int) -> str:
    """Return the name of a page; `part` counts from 0."""
    title = _(GROUPS[group].label)
    return title if parts == 1 else f"{title} {part + 1}/{parts}"
