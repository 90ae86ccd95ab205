package proxy.service.files;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DiskTest {

	@Test
	void keepsTheBufferMadeForOneThatNeverCameBack() {
		Disk disk = new Disk();
		for (int i = 0; i < Disk.BUFFERS; i++) {
			disk.buffer();
		}
		try {
			Thread.currentThread().interrupt();
			ByteBuffer another = disk.buffer();
			assertTrue(another.isDirect());
			Thread.interrupted();
			disk.giveBack(another);
			assertSame(another, disk.buffer());
		} finally {
			Thread.interrupted();
		}
	}
}
