package proxy.console;

import org.apache.felix.webconsole.spi.BrandingPlugin;
import org.osgi.service.component.annotations.Component;

/** Name and looks of the web console. */
@Component(immediate = true)
public final class Branding implements BrandingPlugin {

	private static final String NAME = "Gatehouse";
	private static final String RESOURCES = "/" + OverviewPage.LABEL + "/res/gatehouse/";

	@Override
	public String getBrandName() {
		return NAME;
	}

	@Override
	public String getProductName() {
		return NAME;
	}

	@Override
	public String getProductURL() {
		return "/system/console/" + OverviewPage.LABEL;
	}

	@Override
	public String getProductImage() {
		return RESOURCES + "logo.svg";
	}

	@Override
	public String getVendorName() {
		return NAME;
	}

	@Override
	public String getVendorURL() {
		return getProductURL();
	}

	@Override
	public String getVendorImage() {
		return getProductImage();
	}

	@Override
	public String getFavIcon() {
		return RESOURCES + "logo.svg";
	}

	@Override
	public String getMainStyleSheet() {
		return RESOURCES + "console.css";
	}
}
