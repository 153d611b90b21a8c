"""Does the compiled llama.cpp run on this processor?

It is compiled for the processor of the machine that compiles it, and pip keeps what it compiled. A pip cache
that moved to another machine (an image, a shared home folder) can therefore bring a library that dies of an
illegal instruction, but only at the first question. So set-up asks it to multiply two small matrices, in the
number formats of the models that Dossier uses: it exits with 0, or dies here, where it can be built anew.

It uses ctypes and nothing else, because it runs before numpy, which `import llama_cpp` needs, is installed.
"""

import ctypes
import importlib.util
import sys
from pathlib import Path

WIDTH = 256  # one block of the k-quants
ROWS = 4
F32, Q4_K, Q6_K = 0, 12, 14  # ggml_type in ggml.h
MEMORY = 16 * 1024 * 1024


class _InitParams(ctypes.Structure):
    _fields_ = (
        ("mem_size", ctypes.c_size_t),
        ("mem_buffer", ctypes.c_void_p),
        ("no_alloc", ctypes.c_bool),
    )


def _libraries(folder: Path) -> tuple[ctypes.CDLL, ctypes.CDLL]:
    """The base library and the one with the processor's kernels, loaded in the order they need."""
    suffix = {"darwin": "dylib", "win32": "dll"}.get(sys.platform, "so")
    base = ctypes.CDLL(str(folder / f"libggml-base.{suffix}"), ctypes.RTLD_GLOBAL)
    kernels = ctypes.CDLL(str(folder / f"libggml-cpu.{suffix}"), ctypes.RTLD_GLOBAL)
    return base, kernels


def product(base: ctypes.CDLL, kernels: ctypes.CDLL, kind: int) -> float:
    """The first number of ones times ones, with the left side in the format `kind`."""
    for name in ("ggml_init", "ggml_new_tensor_2d", "ggml_mul_mat", "ggml_new_graph", "ggml_get_data"):
        getattr(base, name).restype = ctypes.c_void_p
    base.ggml_init.argtypes = (_InitParams,)
    base.ggml_quantize_chunk.restype = ctypes.c_size_t
    pointer, int64 = ctypes.c_void_p, ctypes.c_int64

    context = pointer(base.ggml_init(_InitParams(MEMORY, None, False)))  # noqa: FBT003 - a C structure's field
    left = pointer(base.ggml_new_tensor_2d(context, kind, int64(WIDTH), int64(ROWS)))
    right = pointer(base.ggml_new_tensor_2d(context, F32, int64(WIDTH), int64(ROWS)))
    ones = (ctypes.c_float * (WIDTH * ROWS))(*[1.0] * (WIDTH * ROWS))
    ctypes.memmove(base.ggml_get_data(right), ones, ctypes.sizeof(ones))
    base.ggml_quantize_chunk(kind, ones, pointer(base.ggml_get_data(left)), int64(0), int64(ROWS), int64(WIDTH), None)
    result = pointer(base.ggml_mul_mat(context, left, right))
    graph = pointer(base.ggml_new_graph(context))
    base.ggml_build_forward_expand(graph, result)
    status = int(kernels.ggml_graph_compute_with_ctx(context, graph, 2))
    if status != 0:
        raise RuntimeError(f"llama.cpp could not multiply two matrices (status {status})")
    first = ctypes.c_float.from_address(base.ggml_get_data(result)).value
    base.ggml_free(context)
    return first


def main() -> None:
    """Exit with an error, or die of a signal, unless llama.cpp multiplies matrices rightly."""
    found = importlib.util.find_spec("llama_cpp")
    if found is None or found.origin is None:
        sys.exit("llama_cpp is not installed")
    base, kernels = _libraries(Path(found.origin).parent / "lib")
    for kind in (F32, Q4_K, Q6_K):
        first = product(base, kernels, kind)
        if abs(first - WIDTH) > WIDTH / 100:
            sys.exit(f"llama.cpp multiplies wrongly: {first} instead of {WIDTH} in format {kind}")


if __name__ == "__main__":
    main()
