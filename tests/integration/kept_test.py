"""The client keeps what was written: a gateway that is away, goes away half-way, or restarts."""

import re
import signal
import socket
import threading
import time
import unittest

import kit


class Wire:
    """A TCP relay to the gateway that breaks off at an answer, or lets something happen before it passes one on."""

    def __init__(self, gateway_port: int):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.gateway_port = gateway_port
        self.answers = 0
        self.cut_at_answer = -1
        self.before_answer = {}  # by its number: what happens first
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(client,), daemon=True).start()

    def _relay(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self.gateway_port)) as gateway:
            while request := client.recv(65536):
                gateway.sendall(request)
                while not self._whole(request):
                    more = client.recv(65536)
                    if not more:
                        return
                    gateway.sendall(more)
                    request += more
                answer = b""
                while not self._whole(answer):
                    answer += gateway.recv(65536)
                self.answers += 1
                if self.answers == self.cut_at_answer:
                    return  # the gateway did it; the client never hears
                self.before_answer.get(self.answers, lambda: None)()
                client.sendall(answer)

    @staticmethod
    def _whole(message: bytes) -> bool:
        head, found, body = message.partition(b"\r\n\r\n")
        size = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        return bool(found and size) and len(body) >= int(size[1])


class Kept(kit.WithGateway):
    def test_a_report_while_the_gateway_is_away_is_kept_and_goes_out_later_once(self) -> None:
        self.org.stop()
        answer = self.assert_code(self.org.report("MARKERSTORY bewaard.", "--to", "mieke"), kit.UNREACHABLE)
        kept = answer.json
        self.assertFalse(kept["accepted"])
        self.assertIn("kept", answer.err)
        for file in (self.org.folder / "state").iterdir():
            self.assertNotIn(b"MARKER", file.read_bytes())
        again = self.org.run("outbox", "send", phrase=kept["phrase"])
        self.assert_code(again, kit.UNREACHABLE)
        shown = self.org.run("outbox", "show", phrase=kept["phrase"]).json["items"]
        self.assertEqual([item["text"] for item in shown], ["MARKERSTORY bewaard."])

        self.org.start()
        self.assert_code(self.org.run("outbox", "send", phrase=kept["phrase"]), kit.DONE)
        self.assert_code(self.org.run("outbox", "send", phrase=kept["phrase"]), kit.DONE)
        case = self.org.run("case", "show", phrase=kept["phrase"]).json
        self.assertEqual(self.texts(case, "story"), ["MARKERSTORY bewaard."])

    def test_a_message_while_the_gateway_is_away_goes_out_with_the_next_visit(self) -> None:
        filed = self.filed()
        self.org.stop(signal.SIGKILL)
        self.assert_code(self.org.run("case", "say", "Later.", phrase=filed["phrase"]), kit.UNREACHABLE)
        self.org.start()
        case = self.assert_code(self.org.run("case", "show", phrase=filed["phrase"]), kit.DONE).json
        self.assertEqual(self.texts(case, "talk"), ["Later."])

    def test_a_word_that_goes_with_an_act_is_given_back_while_the_gateway_is_away(self) -> None:
        filed = self.filed()
        self.org.stop()
        acts = (("dispute", "0."), ("another", "--from", "mieke", "--to", "youssef", "--yes", "1."), ("stay", "2."),
                ("identity", "--to", "mieke", "--yes", "3."), ("complain", "4."))
        try:
            for act in acts:
                answer = self.assert_code(self.org.run("case", *act, phrase=filed["phrase"]), kit.UNREACHABLE)
                self.assertIn("outbox show", answer.err)
            shown = self.org.run("outbox", "show", phrase=filed["phrase"]).json["items"]
            self.assertEqual([item["text"] for item in shown], [f"{i}." for i in range(4)])
            shown = self.org.run("outbox", "show", "--complaint", phrase=filed["phrase"]).json["items"]
            self.assertTrue(shown[0]["text"].endswith("4."), shown)
        finally:
            self.org.start()

    @staticmethod
    def gone(states: dict[str, str]) -> set[str]:
        return {handle for handle, state in states.items() if state == "gone"}

    def kept_of(self, phrase: str = "", person: str = "") -> list[dict]:
        who = {"person": person} if person else {"phrase": phrase}
        items = self.assert_code(self.org.run("outbox", "show", **who), kit.DONE).json["items"]
        self.assertTrue(all(item["refused"] for item in items), "nothing of it goes out by itself")
        self.assert_code(self.org.run("outbox", "drop", **who), kit.DONE)
        return items

    def test_what_is_typed_at_a_desk_is_given_back_while_the_gateway_is_away(self) -> None:
        case = self.filed()["handle"]
        acts = (("say", "0."), ("propose", "--step", "mediation", "--text", "1."), ("status", "active", "--text", "2."),
                ("outcome", "--text", "3.", "--reason", "Daarom."), ("note", "4."),
                ("unconsented", "--cause", "danger", "5."), ("assess", "6."),
                ("decide", "--ruling", "measure", "--text", "7.", "--reason", "Daarom."), ("sensitive", "8."), ("consult", "9."))
        self.org.stop()
        try:
            for name, *given in acts:
                answer = self.org.run("desk", name, case, *given, person="mieke")
                self.assertIn("outbox show", self.assert_code(answer, kit.UNREACHABLE).err)
            by_words = self.org.run("desk", "say", "kastanje-molen-42", "10.", person="mieke")
            self.assert_code(by_words, kit.UNREACHABLE)
            self.assert_code(self.org.run("desk", "retract", case, "7", person="mieke"), kit.UNREACHABLE)
        finally:
            self.org.start()
        items = self.kept_of(person="mieke")
        self.assertEqual([item["text"] for item in items], [f"{i}." for i in range(11)])
        self.assertEqual([item["reason"] for item in items if "reason" in item], ["Daarom.", "Daarom."])
        self.assertIn("not found", items[-1]["handle_words"])

    def test_what_a_desk_may_not_write_now_is_given_back(self) -> None:
        case = self.filed()["handle"]
        for code, act in ((kit.BAD_INPUT, ("propose", "--step", "no such step", "--text", "0.")),
                          (kit.BAD_INPUT, ("propose", "--step", "mediation", "--text", "1.", "--reader", "niemand")),
                          (kit.REFUSED, ("outcome", "--text", "2.", "--reason", "Daarom.")),
                          (kit.REFUSED, ("consult", "3."))):
            answer = self.org.run("desk", act[0], case, *act[1:], person="mieke")
            self.assertIn("outbox show", self.assert_code(answer, code).err)
        self.assertEqual([item["text"] for item in self.kept_of(person="mieke")], [f"{i}." for i in range(4)])

    def test_an_answer_is_given_back_whole_where_there_is_nothing_to_answer(self) -> None:
        phrase = self.filed()["phrase"]
        summary = self.org.folder / "samenvatting.txt"
        summary.write_text("Kort gezegd.")
        given = ("answer", "99", "yes-if", "--text", "Zonder namen.", "--summary", str(summary))
        self.assert_code(self.org.run("case", *given, phrase=phrase), kit.REFUSED)
        self.org.stop()
        try:
            self.assert_code(self.org.run("case", *given, phrase=phrase), kit.UNREACHABLE)
        finally:
            self.org.start()
        items = [(item["choice"], item["text"], item["summary"]) for item in self.kept_of(phrase)]
        self.assertEqual(items, [("yes_if", "Zonder namen.", "Kort gezegd.")] * 2)

    def test_a_word_with_an_act_that_is_not_possible_is_given_back(self) -> None:
        signal_only = self.assert_code(self.org.report("Een signaal.", "--kind", "signal"), kit.DONE).json["phrase"]
        self.assert_code(self.org.run("case", "stay", "Bij mieke.", phrase=signal_only), kit.REFUSED)
        self.assertEqual([item["text"] for item in self.kept_of(signal_only)], ["Bij mieke."])
        phrase = self.filed()["phrase"]
        for act in (("identity", "--to", "niemand", "--yes", "Ik ben Sam."), ("complain", "--to", "niemand", "--text", "Te laat."),
                    ("complain", "--to", "mieke", "--text", "Weer.")):
            self.assert_code(self.org.run("case", *act, phrase=phrase), kit.BAD_INPUT)
        self.assertEqual([item["text"] for item in self.kept_of(phrase)], ["Ik ben Sam."])
        complaints = self.org.run("outbox", "show", "--complaint", phrase=phrase).json["items"]
        self.assertEqual([item["text"].split()[-1] for item in complaints], ["laat.", "Weer."])

    def test_a_report_to_somebody_who_is_not_there_is_given_back(self) -> None:
        answer = self.assert_code(self.org.report("Een lang verhaal.", "--to", "niemand"), kit.BAD_INPUT)
        self.assertFalse(answer.json["accepted"])
        self.assertEqual([item["text"] for item in self.kept_of(answer.json["phrase"])], ["Een lang verhaal."])

    def test_a_wrong_word_is_told_before_a_text_is_typed(self) -> None:
        for act in (("say", "--file", "-"), ("dispute", "--file", "-"), ("complain", "--file", "-")):
            answer = self.org.run("case", *act, phrase="een twee drie")
            self.assertIn("on no list", self.assert_code(answer, kit.BAD_INPUT).err)

    def test_a_case_that_is_taken_away_under_way_hides_no_other(self) -> None:
        stays, goes = self.filed("Blijft."), self.filed("Gaat.")
        wire = Wire(self.org.port)
        self.addCleanup(wire.server.close)
        through = {"OMZIEN_ORG": self.org.through(wire.port)}
        listed = self.assert_code(self.org.run("desk", "inbox", person="mieke", **through), kit.DONE).json["cases"]

        def take() -> None:
            self.assert_code(self.org.run("case", "revoke", "mieke", phrase=goes["phrase"]), kit.DONE)

        to_inbox = wire.answers - len(listed)  # each case is one answer more
        wire.before_answer[wire.answers + to_inbox] = take
        again = self.assert_code(self.org.run("desk", "inbox", person="mieke", **through), kit.DONE).json["cases"]
        states = {row["handle"]: row["state"] for row in again}
        self.assertEqual((states[goes["handle"]], states[stays["handle"]]), ("gone", "opened"))
        self.assertEqual(len(again), len(listed))

        goes = self.filed("Gaat ook.")
        wire.before_answer[wire.answers + to_inbox] = take
        renewed = self.assert_code(self.org.run("desk", "renew", person="mieke", **through), kit.REFUSED).json["cases"]
        self.assertEqual({row["handle"] for row in renewed}, set(states) - {goes["handle"]} - self.gone(states))

    def test_two_first_texts_at_once_are_both_kept(self) -> None:
        phrase = self.filed()["phrase"]
        self.org.stop()
        try:
            for i in range(5):
                fresh = {"phrase": phrase, "state": f"fresh-{i}"}
                said = [threading.Thread(target=self.org.run, args=("case", "say", text), kwargs=fresh)
                        for text in ("een", "twee", "drie")]
                for one in said:
                    one.start()
                for one in said:
                    one.join()
                items = self.org.run("outbox", "show", **fresh).json["items"]
                self.assertEqual(sorted(item["text"] for item in items), ["drie", "een", "twee"])
        finally:
            self.org.start()

    def test_an_answer_that_is_lost_at_any_point_sends_nothing_twice(self) -> None:
        for cut in range(1, 9):
            wire = Wire(self.org.port)
            wire.cut_at_answer = cut
            environment = {"OMZIEN_ORG": self.org.through(wire.port)}
            story = "Lang. " + "x" * 30_000
            answer = self.org.report(story, "--to", "mieke", **environment)
            phrase = answer.json["phrase"]
            if answer.code != kit.DONE:
                self.assert_code(answer, kit.UNREACHABLE)
                self.assert_code(self.org.run("outbox", "send", phrase=phrase), kit.DONE)
            case = self.org.run("case", "show", phrase=phrase).json
            self.assertEqual(self.texts(case, "story"), [story], f"cut at answer {cut}")
            wire.server.close()

    def test_acknowledged_means_it_survives_a_killed_gateway(self) -> None:
        filed = [self.filed(f"Verhaal {i}.") for i in range(3)]
        self.org.stop(signal.SIGKILL)
        self.org.start()
        for i, one in enumerate(filed):
            case = self.assert_code(self.org.run("case", "show", phrase=one["phrase"]), kit.DONE).json
            self.assertEqual(self.texts(case, "story"), [f"Verhaal {i}."])

    def test_a_gateway_that_goes_while_reports_come_in_loses_none_that_it_accepted(self) -> None:
        accepted: list[dict] = []
        stop = threading.Event()

        def write() -> None:
            while not stop.is_set():
                answer = self.org.report("Onder vuur.", "--to", "mieke")
                accepted.append({"code": answer.code, **answer.json})

        writers = [threading.Thread(target=write) for _ in range(3)]
        for writer in writers:
            writer.start()
        time.sleep(1.0)
        self.org.stop(signal.SIGKILL)
        stop.set()
        for writer in writers:
            writer.join()
        self.org.start()
        self.assertGreater(len(accepted), 3)
        for one in accepted:
            if one["code"] != kit.DONE:
                self.assert_code(self.org.run("outbox", "send", phrase=one["phrase"]), kit.DONE)
            case = self.assert_code(self.org.run("case", "show", phrase=one["phrase"]), kit.DONE).json
            self.assertEqual(self.texts(case, "story"), ["Onder vuur."])


if __name__ == "__main__":
    unittest.main()
