"""The doctor names what is wrong and the remedy, and changes nothing."""

import socket
from pathlib import Path

from estafette.base.postgres import hold
from estafette.base.settings import Settings
from estafette.cli.run_folder import make_run_folder
from tests.cli.running import Up, estafette, refusal, up
from tests.prepared import installed


def test_a_running_installation_is_well(running: Up) -> None:
    done = estafette("doctor", "--data", running.data, "--port", running.port)
    assert done.returncode == 0, done.stdout
    assert f"Estafette answers at 127.0.0.1:{running.port}" in done.stdout
    for subject in (
        "data folder",
        "disk",
        "open files",
        "database",
        "schema",
        "search",
        "clock",
        "reactions",
        "receipts",
    ):
        assert f"good  {subject}: " in done.stdout


def test_an_installation_to_be_is_well_and_stays_unmade(data: Path) -> None:
    done = estafette("doctor", "--data", data)
    assert "`estafette up` makes it" in done.stdout
    assert not data.exists()


def test_everything_wrong_is_named_with_its_remedy(data: Path) -> None:
    data.mkdir()
    data.chmod(0o777)
    (data / "postgres").mkdir()
    (data / "postgres" / "password").write_text("x")
    (data / "postgres" / "password").chmod(0o644)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        taken.listen()
        done = estafette(
            *("doctor", "--data", data, "--port", taken.getsockname()[1]),
            *("--public-url", "https://talk.example.org", "--database-url", "postgresql://u:s3cret@127.0.0.1:1/x"),
        )
    assert done.returncode == 1
    for remedy in ("run chmod go-w", "run chmod 600", "set --trusted-proxy", "--port", "cannot be reached"):
        assert remedy in done.stdout
    assert "s3cret" not in done.stdout


def test_beside_a_running_server_it_looks_with_what_that_has(running: Up) -> None:
    # Without --port it would find port 8000, and with one worker not two.
    done = estafette("doctor", "--data", running.data)
    assert f"good  settings: those of the running server (process {running.process.pid}, version " in done.stdout
    assert f"Estafette answers at 127.0.0.1:{running.port}" in done.stdout
    assert done.returncode == 0, done.stdout
    kept = running.data / "run" / "server.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "postgresql://" not in kept.read_text()
    other = estafette("doctor", "--data", running.data, "--daily-messages", 5).stdout
    assert "warn  settings: --daily-messages as given here, the rest as the running server" in other


def test_a_file_of_settings_that_the_server_was_not_started_with_is_named(running: Up, tmp_path: Path) -> None:
    file = tmp_path / "estafette.env"
    file.write_text(f"# kept by systemd\nESTAFETTE_DATA='{running.data}'\nESTAFETTE_PORT={running.port}\n")
    done = estafette("doctor", "--env-file", file)
    assert (done.returncode, done.stdout.splitlines()[0][:37]) == (0, "good  settings: those of the running ")
    file.write_text(
        file.read_text() + "ESTAFETTE_PUBLIC_URL=https://talk.example.org\nESTAFETTE_TRUSTED_PROXY=127.0.0.1\n"
    )
    done = estafette("doctor", "--env-file", file)
    assert done.returncode == 1
    assert f"has another ESTAFETTE_PUBLIC_URL, ESTAFETTE_TRUSTED_PROXY than {file}: restart it" in done.stdout


def test_a_file_of_settings_is_read_as_systemd_reads_it(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "estafette.env"
    file.write_text(f'\n; a comment\nESTAFETTE_DATA={data}\nESTAFETTE_PUBLIC_URL="https://talk.example.org"\nPATH=x\n')
    said = estafette("doctor", "--env-file", file, ESTAFETTE_PUBLIC_URL="https://other.example.org").stdout
    assert f"settings: those of {file}; no `estafette up` runs on {data}" in said
    assert "public URL: https://talk.example.org" in said
    file.write_text("ESTAFETTE_PORT\n")
    assert refusal("doctor", "--env-file", file) == f"Line 1 of {file} is no NAME=value."
    file.unlink()
    assert (
        refusal("doctor", "--env-file", file)
        == f"The file of settings {file} cannot be read: No such file or directory."
    )


def test_a_file_of_gateways_that_is_broken_is_named(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "gateways.toml"
    for content, reason in (("[[gateway]\n", "is wrong"), ('[[gateway]]\nname = "x"\n', "is wrong")):
        file.write_text(content)
        done = estafette("doctor", "--data", data, "--gateways", file)
        assert done.returncode == 1
        assert f"BAD   gateway file: The file of gateways {file} {reason}" in done.stdout
    file.write_text("")
    assert f"good  gateway file: {file}" in estafette("doctor", "--data", data, "--gateways", file).stdout


def test_a_proxy_without_the_address_that_people_use_is_named(data: Path) -> None:
    done = estafette("doctor", "--data", data, "--trusted-proxy", "127.0.0.1")
    assert done.returncode == 1
    assert "BAD   public URL: there is a trusted proxy and the public URL is not set" in done.stdout
    plain = ("--trusted-proxy", "127.0.0.1", "--public-url", "http://talk.example.org")
    assert "warn  public URL: there is a trusted proxy" in estafette("doctor", "--data", data, *plain).stdout


def test_an_own_database_that_the_server_keeps_to_itself_is_asked_for(data: Path) -> None:
    data.mkdir()
    settings = Settings(data=data, database_url="postgresql://us:s3cret@db.example.org:5433/talk", workers=3)
    make_run_folder(settings)
    assert "s3cret" not in (data / "run" / "server.json").read_text()
    assert "no `estafette up` runs" in estafette("doctor", "--data", data).stdout
    lock = hold(data)
    try:
        said = estafette("doctor", "--data", data).stdout
    finally:
        lock.release()
    assert "warn  database: the running server uses the one at db.example.org:5433/talk: name it" in said


def test_messages_without_a_gateway_are_named_with_the_remedy(data: Path) -> None:
    with up(installed(data)) as installation:
        who = ("--email", "robot@example.com", "--name", "Robot", "--role", "service")
        assert estafette("user", "add", "--data", data, *who).returncode == 0
        token = estafette("token", "create", "--data", data, "--email", "robot@example.com").stdout.strip()
        assert "good  gateways: " in estafette("doctor", "--data", data, "--port", installation.port).stdout
        body = {"message": "This is a message", "from": "Something", "to": 554899246868, "type": "SMS"}
        for _ in range(2):
            status, _ = installation.ask("POST", "/messages", body, Authorization=f"Bearer {token}")
            assert status == 200
        done = estafette("doctor", "--data", data, "--port", installation.port)
    assert done.returncode == 1
    assert "BAD   gateways: " in done.stdout
    assert "2 by sms" in done.stdout
    assert "--gateways" in done.stdout


def test_a_key_that_others_may_read_is_named(data: Path) -> None:
    (data / "secrets").mkdir(parents=True)
    key = data / "secrets" / "vault.key"
    key.write_bytes(bytes(32))
    key.chmod(0o644)
    assert f"run chmod 600 {key}" in estafette("doctor", "--data", data).stdout
