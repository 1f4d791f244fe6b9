#!/usr/bin/python3
"""An XMPP client for the interop tests, on slixmpp (Debian's python3-slixmpp).

Usage: client.py HOST PORT JID PASSWORD

One JSON object a line in, one JSON object a line out:

    in   {"id": 1, "do": "iq", "type": "get", "to": JID or null, "payload": XML, "timeout": seconds}
    out  {"id": 1, "xml": XML of the reply, also when it is an error} or {"id": 1, "error": TEXT}
    in   {"id": 2, "do": "send", "xml": XML of a message or presence}
    out  {"id": 2}
    out  {"ready": full JID}                     once, after the session began and presence was sent
    out  {"event": XML}                          for each message, presence and IQ request that comes in
    out  {"closed": TEXT}                        the connection is gone

XML is passed as it came: nothing here interprets a payload.
"""

import asyncio
import inspect
import json
import sys
import xml.etree.ElementTree as ET

import slixmpp


def say(**what):
    print(json.dumps(what), flush=True)


class Client(slixmpp.ClientXMPP):
    def __init__(self, jid, password):
        super().__init__(jid, password)
        self.replies = {}
        self.begun = asyncio.Event()
        self.register_plugin("xep_0030")
        self.register_plugin("xep_0199")
        self["feature_mechanisms"].unencrypted_plain = True
        self.add_filter("in", self.seen)
        self.add_event_handler("session_start", self.started)
        self.add_event_handler("failed_all_auth", lambda _: self.gone("authentication failed"))
        self.add_event_handler("disconnected", lambda _: self.gone("disconnected"))

    def seen(self, stanza):
        """Takes the text before slixmpp's handlers change the stanza."""
        text = ET.tostring(stanza.xml, encoding="unicode")
        name = stanza.xml.tag.rpartition("}")[2]
        if name == "iq" and stanza.xml.get("type") in ("result", "error"):
            waiting = self.replies.pop(stanza.xml.get("id"), None)
            if waiting and not waiting.done():
                waiting.set_result(text)
        elif name in ("iq", "message", "presence"):
            say(event=text)
        return stanza

    def started(self, _):
        self.send_presence()
        self.begun.set()
        say(ready=str(self.boundjid))

    def gone(self, why):
        say(closed=why)
        asyncio.get_running_loop().call_soon(sys.exit, 0)

    async def run_iq(self, command):
        iq = self.make_iq(ito=command.get("to"), itype=command["type"])
        iq["id"] = self.new_id()
        iq.append(ET.fromstring(command["payload"]))
        waiting = asyncio.get_running_loop().create_future()
        self.replies[iq["id"]] = waiting
        self.send_raw(ET.tostring(iq.xml, encoding="unicode"))
        return {"xml": await asyncio.wait_for(waiting, command.get("timeout", 30))}

    async def run_send(self, command):
        ET.fromstring(command["xml"])
        self.send_raw(command["xml"])
        return {}

    async def obey(self, line):
        command = json.loads(line)
        await self.begun.wait()
        try:
            result = await getattr(self, "run_" + command["do"])(command)
        except asyncio.TimeoutError:
            result = {"error": "no reply in time"}
        except Exception as problem:  # the test shall see it, whatever it is
            result = {"error": repr(problem)}
        say(id=command["id"], **result)

    async def obey_stdin(self):
        reader = asyncio.StreamReader(limit=16 * 1024 * 1024)
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            asyncio.ensure_future(self.obey(line))
        sys.exit(0)


def dial(client, host, port):
    """slixmpp 1.9 changed the signature of connect and where TLS is chosen."""
    if "address" in inspect.signature(client.connect).parameters:
        client.connect(address=(host, port), force_starttls=False, disable_starttls=True)
    else:
        client.enable_starttls = client.enable_direct_tls = False
        client.enable_plaintext = True
        client.connect(host, port)


async def main(host, port, jid, password):
    client = Client(jid, password)
    dial(client, host, int(port))
    await client.obey_stdin()


if __name__ == "__main__":
    if sys.version_info < (3, 10) or "ClientXMPP" not in dir(slixmpp):
        sys.exit("client.py needs Debian's python3 and python3-slixmpp")
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main(*sys.argv[1:5]))
