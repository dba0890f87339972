"""A stand-in for the render library of the TrueNAS catalogue (lib_version 2.3.11).

The library itself is put into an app by the catalogue's own tools. This one knows the calls that our template makes,
with the arguments and the values that the real one takes, and fails on every other: what is not described here has to
be looked up before it is used.
"""

import re

# Set by the library for every container; to define one of them again is an error there.
INJECTED = {"TZ", "UMASK", "UMASK_SET", "PUID", "PGID", "USER_ID", "GROUP_ID", "UID", "GID", "NVIDIA_VISIBLE_DEVICES"}
REFUSED_TARGETS = ("/", "/mnt", "/root", "/home", "/data", "/var/log", "/etc", "/proc", "/sys", "/dev", "/lib")


class RenderError(Exception):
    """The real library would refuse it, or we do not know that it would take it."""


class Strict:
    """Fails on every attribute that is not written down."""

    def __getattr__(self, name):
        raise RenderError(f"{type(self).__name__.lower()}.{name} is not described in Tests/TrueNAS/library.py")


def need(condition, text):
    if not condition:
        raise RenderError(text)


def volume(values, target, config, injected=False):
    """One mount of compose's long form, from an answer of the storage questions."""
    need(target.startswith("/") and ".." not in target, f"mount target {target} is not absolute")
    need(target.rstrip("/") not in REFUSED_TARGETS, f"mount target {target} is refused")
    kind = config["type"]
    mount = {"target": target, "read_only": bool(config["read_only"] if "read_only" in config else False)}
    if kind == "tmpfs":
        need(injected, "tmpfs is for the template, not for the form")
        options = config["tmpfs_config"]
        need(re.fullmatch("0[0-7]{3}", options["mode"]), f"tmpfs mode {options['mode']} is not like 0777")
        return mount | {"type": "tmpfs", "tmpfs": {"mode": int(options["mode"], 8), "size": options["size"] << 20}}
    if kind == "host_path":
        options = config["host_path_config"]
        acl = options["acl_enable"] if "acl_enable" in options else False
        source = options["acl"]["path"] if acl else options["path"]
        return mount | bind(source)
    if kind == "ix_volume":
        options = config["ix_volume_config"]
        if "acl_enable" in options and options["acl_enable"]:
            need(options["acl_entries"]["entries"], "an ACL without entries")
        source = values["ix_volumes"][options["dataset_name"]]
        return mount | bind(source)
    if kind == "cifs":
        options = config["cifs_config"]
        words = f"username={options['username']},password={options['password']}"
        if "domain" in options and options["domain"]:
            words += f",domain={options['domain']}"
        return mount | {"type": "volume", "source": f"//{options['server']}/{options['path']} {words}"}
    if kind == "nfs":
        options = config["nfs_config"]
        return mount | {"type": "volume", "source": f":{options['server']}:{options['path']}"}
    raise RenderError(f"storage type {kind} is not described")


def bind(source):
    need(source.startswith("/"), f"host path {source} is not absolute")
    return {"type": "bind", "source": source, "bind": {"create_host_path": False, "propagation": "rprivate"}}


class Healthcheck(Strict):
    def __init__(self):
        self.result = {"interval": "30s", "timeout": "5s", "retries": 5, "start_period": "15s", "start_interval": "2s"}

    def set_custom_test(self, test):
        need(isinstance(test, list) and test[0] == "CMD", "the health check must need no shell")
        self.result["test"] = test

    def set_interval(self, seconds):
        self.result["interval"] = f"{int(seconds)}s"

    def set_timeout(self, seconds):
        self.result["timeout"] = f"{int(seconds)}s"

    def set_retries(self, count):
        self.result["retries"] = int(count)

    def set_start_period(self, seconds):
        self.result["start_period"] = f"{int(seconds)}s"


class Environment(Strict):
    def __init__(self):
        self.variables = {}

    def add_env(self, name, value):
        need(name not in INJECTED, f"{name} is set by the library already")
        need(name not in self.variables, f"{name} is set twice")
        self.variables[name] = str(value)

    def add_user_envs(self, entries):
        for entry in entries:
            self.add_env(entry["name"], entry["value"])


class Depends(Strict):
    def __init__(self):
        self.result = {}

    def add_dependency(self, name, condition):
        need(condition == "service_completed_successfully", f"condition {condition} is not described")
        self.result[name] = {"condition": condition}


class Container(Strict):
    def __init__(self, values, name, image):
        entry = values["images"][image]
        need(entry["tag"] not in ("", "latest"), f"{image} has no pinned tag")
        self.values, self.name = values, name
        self.image = f"{entry['repository']}:{entry['tag']}"
        self.healthcheck, self.environment, self.depends = Healthcheck(), Environment(), Depends()
        self.options, self.ports, self.mounts = {}, [], {}

    def set_user(self, user, group):
        need(int(user) >= 568 and int(group) >= 568, "user and group begin at 568")
        self.options["user"] = f"{int(user)}:{int(group)}"

    def set_read_only(self, value):
        self.options["read_only"] = bool(value)

    def set_init(self, value):
        self.options["init"] = bool(value)

    def set_grace_period(self, seconds):
        need(int(seconds) <= 60, "a grace period over 60 s draws a warning")
        self.options["stop_grace_period"] = f"{int(seconds)}s"

    def add_port(self, port, options):
        mode, number = port["bind_mode"], port["port_number"]
        need(mode in ("published", "exposed", ""), f"bind mode {mode}")
        need(1 <= number <= 65535, f"port {number}")
        hosts = list(port["host_ips"]) or ["0.0.0.0", "::"]
        if mode == "published":
            self.ports += [
                {"target": options["container_port"], "published": str(number), "mode": "ingress", "protocol": "tcp",
                 "host_ip": host} for host in hosts]
        elif mode == "exposed":
            self.options.setdefault("expose", []).append(f"{options['container_port']}/tcp")

    def add_storage(self, target, config):
        need(target not in self.mounts, f"{target} is mounted twice")
        own = isinstance(config, dict)
        self.mounts[target] = volume(self.values, target, config, injected=own)

    def service(self):
        need("test" in self.healthcheck.result, f"{self.name} has no health check")
        limits = self.values["resources"]["limits"]
        variables = {"TZ": self.values["TZ"], "UMASK": "002", "UMASK_SET": "002"} | self.environment.variables
        service = {
            "image": self.image, "restart": "unless-stopped", "cap_drop": ["ALL"],
            "security_opt": ["no-new-privileges=true"], "healthcheck": self.healthcheck.result,
            "environment": variables, "volumes": list(self.mounts.values()), "platform": "linux/amd64",
            "deploy": {"resources": {"limits": {
                "cpus": str(float(limits["cpus"])), "memory": f"{int(limits['memory'])}M"}}},
        } | self.options
        if self.ports:
            service["ports"] = self.ports
        if self.depends.result:
            service["depends_on"] = self.depends.result
        return service


class Permissions(Strict):
    """The container that gives a dataset of the app its user before the app starts."""

    def __init__(self, render, name):
        self.render, self.name, self.actions, self.is_active = render, name, {}, False

    def add_or_skip_action(self, name, config, action):
        need(set(action) == {"uid", "gid", "mode"} and action["mode"] == "check", f"action {action}")
        # A host path is the user's own and is left as it is.
        if config["type"] == "ix_volume":
            self.actions[name] = volume(self.render.values, f"/mnt/permission/{name}", config)

    def has_actions(self):
        return bool(self.actions)

    def activate(self):
        need(self.actions, "nothing to do for the permissions container")
        self.is_active = True


class Dependencies(Strict):
    def __init__(self, render):
        self.render = render

    def perms(self, name):
        self.render.permissions = Permissions(self.render, name)
        return self.render.permissions


class Portals(Strict):
    def __init__(self):
        self.result = []

    def add(self, port):
        if port["bind_mode"] == "published":
            self.result.append(
                {"name": "Web UI", "scheme": "http", "host": "0.0.0.0", "port": port["port_number"], "path": "/"})


class Notes(Strict):
    def __init__(self):
        self.body = ""

    def set_body(self, text):
        self.body = text


class Render(Strict):
    def __init__(self, values):
        self.values, self.containers, self.permissions = values, {}, None
        self.deps, self.portals, self.notes = Dependencies(self), Portals(), Notes()

    def add_container(self, name, image):
        need(name not in self.containers, f"container {name} is made twice")
        self.containers[name] = Container(self.values, name, image)
        return self.containers[name]

    def render(self):
        services = {name: container.service() for name, container in self.containers.items()}
        for entry in self.values["labels"]:
            for name in entry["containers"]:
                need(name in services, f"a label for {name}, which is no container")
                services[name].setdefault("labels", {})[entry["key"]] = entry["value"]
        if self.permissions and self.permissions.is_active:
            utilities = self.values["images"]["container_utils_image"]
            services[self.permissions.name] = {
                "image": f"{utilities['repository']}:{utilities['tag']}", "restart": "on-failure:1", "user": "root",
                "network_mode": "none", "volumes": list(self.permissions.actions.values())}
        for service in services.values():
            for name in service.get("depends_on", {}):
                need(name in services, f"{name} is waited for and does not exist")
        return {"services": services, "x-portals": self.portals.result, "x-notes": self.notes.body}
