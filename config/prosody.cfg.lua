-- What Tombolo needs of Prosody, 0.12 or newer. Put these parts into /etc/prosody/prosody.cfg.lua:
-- global settings go before the first VirtualHost, each Component goes to the end of the file.
-- Names and the secret are those of config/tombolo.yml.

-- Global: how many items of a blog Prosody keeps for its people. The default of 256 lets older
-- posts vanish.
pep_max_items = 10000

-- Global, only if the gateway runs on another machine: take components there too. The link is not
-- encrypted, so let it be a private network.
--component_interfaces = { "127.0.0.1", "10.0.0.1" }

-- Global: blogs live in "pep"; profiles and pictures in "vcard4" and "vcard_legacy". All three are on
-- in the configuration that Prosody comes with; if they are not in your list, add them:
--modules_enabled = { ..., "pep", "vcard4", "vcard_legacy" }

VirtualHost "example.org"

-- The gateway: fediverse people have their addresses here.
Component "ap.example.org"
  component_secret = "change me"
  -- Lets a new connection take the place of one that is dead, but that Prosody still holds for
  -- alive. With two gateways each would push the other out for ever: run one.
  --component_conflict_resolve = "kick_old"

-- Optional: nodes for communities. Each open node is an actor on the fediverse if the domain stands
-- in xmpp.domains.
Component "pubsub.example.org" "pubsub"
  -- Only these may make nodes.
  admins = { "admin@example.org" }
  pubsub_max_items = 10000
