/**
 * The page put together: which module looks after which element.
 */

import { mountComposer } from "./composer/composer.js";
import { mountDrawer } from "./developer/drawer.js";
import { mountForms } from "./forms.js";
import { mountMenus } from "./menus.js";
import { mountNotices } from "./notices.js";
import { mountPlaces } from "./places.js";
import { Session } from "./session.js";
import { mountTheme } from "./theme.js";
import { mountTimeline } from "./timeline.js";
import { mountWho } from "./who.js";

const found = (id) => document.getElementById(id);
const session = new Session();

mountTheme(found("theme"));
mountPlaces(session, found("places"), found("place"));
mountTimeline(session, found("timeline"));
mountComposer(session, found("composer"));
mountNotices(session, found("notices"));
mountWho(session, found("who"));
mountDrawer(session, found("developer"));
mountForms(session);
mountMenus(session, found("messages"), found("people"));

await session.start(location.hash.slice(1) || undefined);
