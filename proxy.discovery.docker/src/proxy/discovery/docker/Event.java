package proxy.discovery.docker;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * Something that happened to a container, or to its place on a network.
 *
 * @param container the container's id
 * @param labelled whether the event itself says that the container has a label of ours; network events never do
 */
record Event(String container, String action, boolean labelled) {

	static Event of(JsonValue text) {
		JsonObject event = Json.object(text);
		JsonObject actor = Json.object(event, "Actor");
		JsonObject attributes = Json.object(actor, "Attributes");
		boolean network = Json.text(event, "Type").equals("network");
		boolean labelled = false;
		for (String label : Placement.serviceLabels()) {
			labelled |= attributes.containsKey(label);
		}
		return new Event(
				network ? Json.text(attributes, "container") : Json.text(actor, "ID"), Json.text(event, "Action"), labelled);
	}

	/** Whether nothing answers in the container any more. */
	boolean ends() {
		return action.equals("die") || action.equals("pause");
	}
}
