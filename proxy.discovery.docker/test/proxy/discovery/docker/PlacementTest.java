package proxy.discovery.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.fixtures.Pingoo;

class PlacementTest {

	private final InetAddress machine = Subnet.address("127.0.0.1");
	private final List<Subnet> subnets = List.of(Subnet.of("10.1.0.1", 24), Subnet.of("fd00:1::1", 64));
	private final Vantage onMachine = new Vantage(null, false, subnets, machine);

	private static ContainerText web() {
		return new ContainerText("web").service("api").network("10.1.0.5").port("80/tcp");
	}

	@Test
	void placesAContainerAtItsOnlyExposedPort() {
		Finding finding = judge(web().port("53/udp"));
		assertEquals("api", finding.service());
		assertEquals("web:80", finding.upstream().name());
		assertEquals("10.1.0.5:80", address(finding));
	}

	@Test
	void takesThePortOfTheLabelBeforeExposedOnes() {
		assertEquals("10.1.0.5:8080", address(judge(web().port("443/tcp").label("pingoo.port", "8080"))));
	}

	@Test
	@Pingoo("docker.own-labels")
	void knowsGatehousesOwnLabels() {
		ContainerText container = new ContainerText("web").network("10.1.0.5").port("80/tcp").port("443/tcp");
		Finding finding = judge(container.label("gatehouse.service", "app").label("gatehouse.port", "443"));
		assertEquals("app", finding.service());
		assertEquals("10.1.0.5:443", address(finding));
	}

	@Test
	@Pingoo("docker.port")
	void wantsALabelWhenPortsAreAmbiguousOrMissing() {
		assertEquals(
				"container web exposes 2 ports (80, 443), set the label pingoo.port", judge(web().port("443/tcp")).problem());
		assertEquals(
				"container web exposes no port, set the label pingoo.port",
				judge(new ContainerText("web").service("api").network("10.1.0.5")).problem());
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "0", "65536", "80\\r\\nX: y", "evil.example:80", "-1", "+80", "99999999999", "80 "})
	void refusesWhatIsNoPort(String port) {
		assertEquals(
				"the label pingoo.port of container web is not a port number between 1 and 65535",
				judge(web().label("pingoo.port", port)).problem());
	}

	@ParameterizedTest
	@ValueSource(strings = {"a\\r\\nHost: evil", "a\\u0000", "a\\u2028b", "a\\u202eb"})
	void refusesServiceNamesThatCannotBe(String name) {
		assertEquals("the label pingoo.service of container web is not the name of a service", judge(web().service(name)).problem());
	}

	@ParameterizedTest
	@ValueSource(strings = {"", " ", " api", "api\\n"})
	void refusesServiceNamesWithBlanksAround(String name) {
		assertEquals(
				"the label pingoo.service of container web is empty or has blanks around it", judge(web().service(name)).problem());
	}

	@ParameterizedTest
	@ValueSource(strings = {"starting", "unhealthy"})
	@Pingoo("docker.health")
	void waitsForHealth(String health) {
		Finding finding = judge(web().health(health));
		assertNull(finding.upstream());
		assertNull(finding.problem());
	}

	@ParameterizedTest
	@ValueSource(strings = {"healthy", "none", ""})
	void usesWhatIsHealthyOrHasNoHealthCheck(String health) {
		assertEquals("10.1.0.5:80", address(judge(web().health(health))));
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"\"Running\":false", "\"Running\":true,\"Paused\":true", "\"Running\":true,\"Restarting\":true", "\"Running\":\"yes\""
	})
	void leavesOutWhatDoesNotRun(String state) {
		assertNull(judge(web().state(state)).upstream());
	}

	@Test
	void prefersIpv4OnAnyNetworkToIpv6() {
		ContainerText both = new ContainerText("web").service("api").port("80/tcp");
		both.network("a", "", "fd00:1::5").network("b", "10.1.0.6", "fd00:1::6");
		assertEquals("10.1.0.6:80", address(judge(both)));
		ContainerText ipv6 = new ContainerText("web").service("api").port("80/tcp").network("a", "10.9.9.9", "fd00:1::5");
		assertEquals("fd00:1:0:0:0:0:0:5:80", address(judge(ipv6)));
	}

	@Test
	void goesByThePublishedPortWhenNoNetworkIsReached() {
		ContainerText anywhere = new ContainerText("web").service("api").network("10.9.0.5").published("80/tcp", "0.0.0.0", 8099);
		assertEquals("127.0.0.1:8099", address(judge(anywhere)));
		ContainerText somewhere = new ContainerText("web").service("api").network("10.9.0.5").published("80/tcp", "192.0.2.9", 8099);
		assertEquals("192.0.2.9:8099", address(judge(somewhere)));
	}

	@Test
	void saysWhenNoNetworkIsShared() {
		ContainerText far = new ContainerText("web").service("api").port("80/tcp").network("backend", "10.9.0.5", "");
		assertEquals(
				"container web is on no network of this machine (backend) and publishes no port 80",
				judge(far).problem());
	}

	@Test
	void findsTheMachinesNetworkFromTheMachine() {
		ContainerText host = new ContainerText("web").service("api").label("pingoo.port", "8080").hostNetwork();
		assertEquals("127.0.0.1:8080", address(judge(host)));
	}

	@Test
	@Pingoo("docker.network")
	void goesByCommonNetworksInsideAContainer() {
		Container own = new ContainerText("gateway").network("front", "10.2.0.2", "").parse();
		Placement inside = new Placement(new Vantage(own, true, subnets, machine));
		ContainerText both = new ContainerText("web").service("api").port("80/tcp");
		both.network("back", "10.1.0.5", "").network("front", "10.2.0.5", "fd00:2::5");
		assertEquals("10.2.0.5:80", address(inside.judge(both.parse())));
		ContainerText published = new ContainerText("web").service("api").network("back", "10.1.0.5", "");
		assertEquals(
				"container web shares no network with the gateway's container; it is on: back",
				inside.judge(published.published("80/tcp", "0.0.0.0", 8099).parse()).problem());
		assertEquals(
				"container web uses the network of its machine, which the gateway's container does not",
				inside.judge(new ContainerText("web").service("api").port("80/tcp").hostNetwork().parse()).problem());
	}

	@Test
	void standsOnTheMachineInAContainerWithTheMachinesNetwork() {
		Container own = new ContainerText("gateway").hostNetwork().parse();
		Placement inside = new Placement(new Vantage(own, true, subnets, machine));
		assertEquals("10.1.0.5:80", address(inside.judge(web().parse())));
		ContainerText host = new ContainerText("web").service("api").port("80/tcp").hostNetwork();
		assertEquals("127.0.0.1:80", address(inside.judge(host.parse())));
	}

	private Finding judge(ContainerText container) {
		return new Placement(onMachine).judge(container.parse());
	}

	private static String address(Finding finding) {
		return finding.upstream() == null
				? "no upstream: " + finding.problem()
				: finding.upstream().address().getAddress().getHostAddress() + ":" + finding.upstream().address().getPort();
	}
}
