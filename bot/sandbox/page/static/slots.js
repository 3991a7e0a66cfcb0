/**
 * The menus of a message, put into the places that its drawing has left for them.
 */

import { everyComponent } from "./components.js";
import { selectMenu } from "./selects.js";

/**
 * Fill the empty places in a message.
 *
 * @param {HTMLElement} element The message's.
 * @param {Object} payload
 * @param {import("./session.js").Session} session
 */
export function fillMenus(element, payload, session) {
  for (const place of element.querySelectorAll("[data-menu]:empty")) {
    const customId = place.dataset.menu;
    const component = everyComponent(payload.components).find((one) => one.custom_id === customId);
    const choose = (values) => session.act({ do: "choose", message: payload.id, custom_id: customId, values });
    place.append(selectMenu(component, session, choose));
  }
}
