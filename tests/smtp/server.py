"""A mail server of threads that fails as it is told to. What it has accepted is what it says it has."""

import base64
import socket
import ssl
import threading
import time

USER, PASSWORD = "ferry@example.org", "N3ver:Shown/1"


class Server:
    """Serves until the process ends: a port that was free again would be another play's, and a late connection would reach that.

    fault: (step, action, argument), met `times` times; steps are banner, EHLO, STARTTLS, tls, AUTH, MAIL, RCPT, DATA, body, dot, QUIT.
    mode: "plain", "starttls" or "tls".
    """

    def __init__(self, mode="plain", certificate=None, fault=None, times=10**9, kill=None):
        self.mode, self.fault, self.times, self.kill = mode, fault, times, kill
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
        self.mailbox, self.seen, self.lock = [], [], threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.victim = None
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.guarded, args=(connection,), daemon=True).start()

    def guarded(self, connection):
        # A client that went away is part of the play.
        try:
            Session(self, connection).run()
        except (OSError, EOFError, ssl.SSLError):
            pass
        finally:
            connection.close()

    def meets(self, step):
        """The fault at a step, if there is one left."""
        with self.lock:
            if self.kill == step and self.victim:
                self.victim.kill()
                self.victim.wait()
                self.kill = None
            if self.fault and self.fault[0] == step and self.times > 0:
                self.times -= 1
                return self.fault[1:]
        return None


class Session:
    def __init__(self, server, connection):
        self.server, self.connection = server, connection
        self.buffer = b""

    def send(self, data):
        self.connection.sendall(data)

    def line(self):
        while b"\n" not in self.buffer:
            data = self.connection.recv(65536)
            if not data:
                raise EOFError
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.rstrip(b"\r").decode("latin-1")

    def play(self, step, reply):
        """Replies, or fails; says whether the command was done."""
        fault = self.server.meets(step)
        if fault is None:
            self.send(reply)
            return True
        action, argument = fault
        if action == "say":
            self.send(argument.encode() + b"\r\n")
        elif action == "raw":
            self.send(argument)
        elif action == "drop":
            raise EOFError
        elif action == "silence":
            while self.connection.recv(65536):
                pass
            raise EOFError
        elif action == "trickle":
            while True:
                self.send(b"2")
                time.sleep(0.05)
        return False

    def secure(self):
        if self.server.meets("tls"):
            self.connection.recv(16)
            raise EOFError
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.buffer = b""

    def run(self):
        server = self.server
        with server.lock:
            server.seen.append("connect")
        server.meets("connect")
        secure = server.mode == "tls"
        if secure:
            self.secure()
        self.play("banner", b"220 mail.example ESMTP\r\n")
        sender, recipient, known = None, None, False
        while True:
            line = self.line()
            with server.lock:
                server.seen.append(("tls " if secure else "") + line)
            command = line.split(" ")[0].split(":")[0].upper()
            if command == "EHLO":
                offers = [b"SIZE 10000000", b"8BITMIME"]
                if server.mode == "starttls" and not secure:
                    offers.append(b"STARTTLS")
                if secure or server.mode == "plain":
                    offers.append(b"AUTH PLAIN")
                self.play("EHLO", b"250-mail.example\r\n" + b"".join(b"250-%s\r\n" % it for it in offers) + b"250 HELP\r\n")
            elif command == "HELO":
                self.send(b"250 mail.example\r\n")
            elif command == "STARTTLS":
                if self.play("STARTTLS", b"220 go\r\n"):
                    self.secure()
                    secure = True
            elif command == "AUTH":
                expected = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
                good = line == f"AUTH PLAIN {expected}"
                known = self.play("AUTH", b"235 welcome\r\n" if good else b"535 5.7.8 no\r\n") and good
            elif command == "MAIL":
                sender = line.split("<")[1].split(">")[0] if self.play("MAIL", b"250 ok\r\n") else None
            elif command == "RCPT":
                to = line.split("<")[1].split(">")[0]
                name = "RCPT " + to.split("@")[0] if server.fault and server.fault[0].startswith("RCPT ") else "RCPT"
                recipient = to if self.play(name, b"250 ok\r\n") else None
            elif command == "DATA":
                if self.play("DATA", b"354 go on\r\n") and not self.content(sender, recipient, known):
                    return
            elif command == "QUIT":
                self.play("QUIT", b"221 bye\r\n")
                return
            else:
                self.send(b"502 what\r\n")

    def content(self, sender, recipient, known):
        if self.server.meets("body"):
            self.connection.recv(64)
            raise EOFError
        lines = []
        while (line := self.line()) != ".":
            lines.append(line[1:] if line.startswith(".") else line)
        body = "".join(it + "\r\n" for it in lines).encode("latin-1")
        fault = self.server.meets("dot")
        if fault is None or fault[0] in ("lose", "silence", "trickle", "raw", "killed"):
            with self.server.lock:
                self.server.mailbox.append((sender, recipient, known, body))
        self.server.meets("kept")
        if fault is None:
            self.send(b"250 queued\r\n")
            return True
        if fault[0] == "say":
            self.send(fault[1].encode() + b"\r\n")
            return True
        if fault[0] == "raw":
            self.send(fault[1])
            return True
        if fault[0] == "silence":
            while self.connection.recv(65536):
                pass
        return False
