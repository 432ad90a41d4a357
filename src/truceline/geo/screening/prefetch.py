"""Asks the processor to bring memory near before it is needed: one instruction that Numba has no name for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

if TYPE_CHECKING:
    from numpy.typing import NDArray

    def prefetch(array: NDArray[Any], index: int) -> None:
        """The cache line of the element of a contiguous array, counted flat."""

else:

    @intrinsic
    def prefetch(_context, array, index):  # noqa: ARG001
        """The cache line of the element of a contiguous array, counted flat."""

        def generate(context, builder, signature, arguments):
            held = context.make_array(signature.args[0])(context, builder, arguments[0])
            place = builder.gep(held.data, [arguments[1]])
            byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
            kind = ir.FunctionType(ir.VoidType(), [byte, word, word, word])
            function = builder.module.declare_intrinsic("llvm.prefetch", (byte,), kind)
            # For reading, to be kept, as data.
            builder.call(function, [builder.bitcast(place, byte), word(0), word(3), word(1)])
            return context.get_dummy_value()

        return types.void(array, types.int64), generate
