package proxy.discovery.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnContainerTest {

	private static final String ID = "0123456789abcdef".repeat(4);

	@Test
	void knowsItsContainerByTheMountOverTheHostName() {
		assertEquals(ID, OwnContainer.id(List.of(
				"72 48 0:39 / / rw,relatime - overlay overlay rw",
				"90 72 254:0 /var/lib/docker/containers/" + ID + "/hostname /etc/hostname rw,relatime - ext4 /dev/vda rw")));
		assertEquals(ID, OwnContainer.id(List.of(
				"90 72 0:25 /containers/storage/overlay-containers/" + ID + "/userdata/hosts /etc/hosts rw - tmpfs tmpfs rw")));
	}

	@Test
	void isInNoContainerWhenItSeesTheMountsOfOthers() {
		assertNull(OwnContainer.id(List.of(
				"99 48 0:50 / /var/lib/docker/containers/" + ID + "/mounts/shm rw - tmpfs shm rw,size=65536k",
				"72 48 0:39 / / rw,relatime - ext4 /dev/vda rw")));
	}
}
