-- Prosody 13 for docker-compose.yml. Names and the secret come from the environment.

modules_enabled = {
  "disco", "roster", "saslauth", "tls", "dialback", "blocklist", "bookmarks", "carbons", "limits",
  "mam", "pep", "ping", "private", "smacks", "time", "uptime", "vcard4", "vcard_legacy", "version"
}

authentication = "internal_hashed"
storage = "internal"
log = { info = "*console" }
-- Beside this file: example.org.crt and example.org.key.
certificates = "certs"

limits = { c2s = { rate = "10kb/s" }, s2sin = { rate = "30kb/s" } }

-- The default of 256 lets older posts of a blog vanish.
pep_max_items = 10000

-- The gateway is in another container. Port 5347 is not published.
component_interfaces = { "*" }

VirtualHost (ENV_XMPP_DOMAIN)

Component (ENV_GATEWAY_DOMAIN)
  component_secret = ENV_COMPONENT_SECRET
