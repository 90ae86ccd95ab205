/**
 * The configuration file as ConfigurationAdmin configurations. {@link proxy.config.yaml.YamlDocument} makes YAML into values
 * with places, {@link proxy.config.yaml.Translation} makes those into entries by a rule (path = PID) and the metatype of the
 * installed bundles, {@link proxy.config.yaml.ConfigurationWriter} applies what differs from last time, and
 * {@link proxy.config.yaml.YamlConfiguration} does all that again whenever the file or the bundles change. A file with any
 * error changes nothing. {@link proxy.config.yaml.Check} does the reading alone, from the command line.
 */
package proxy.config.yaml;
