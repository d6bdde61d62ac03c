using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// What every pair counts, in lanes of type T, the narrower the faster; rows are whole pairs of vectors long. A row is a candidate
/// with a column for each mentor or the other way round.
/// </summary>
internal sealed class PairTable<T>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private const int Block = 64, Few = 32;
    private readonly MentorProblem _problem;
    private readonly long[]? _wish;
    private readonly T _far;
    private readonly long[] _shut; // 0 for mentors with room, else −1
    private readonly T[] _value; // row·stride + column

    /// <summary>Copies the pairs that may be matched.</summary>
    /// <param name="problem">the data</param>
    /// <param name="sides">whether rows are candidates or mentors</param>
    /// <param name="wish">what a pair counts by this wish is left out, or none</param>
    /// <param name="far">pairs that may not be matched count −far</param>
    /// <param name="workers">most threads</param>
    public PairTable(MentorProblem problem, Sides sides, long[]? wish, T far, int workers)
    {
        (_problem, _wish, _far) = (problem, wish, far);
        (Rows, Columns) = sides.ByMentor ? (problem.Mentors, problem.Candidates) : (problem.Candidates, problem.Mentors);
        Stride = (Columns + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count;
        _value = GC.AllocateUninitializedArray<T>(checked(Rows * Stride));
        _shut = [.. sides.Room.Select(places => places > 0 ? 0L : -1)];
        Division.For(workers, (Rows + Block - 1) / Block, piece =>
        {
            var (from, to) = (piece * Block, Math.Min((piece + 1) * Block, Rows));
            for (var row = from; row < to; row++) _value.AsSpan((row * Stride) + Columns, Stride - Columns).Fill(-far);
            if (sides.ByMentor) CopyColumns(from, to);
            else
                for (var c = from; c < to; c++) CopyRow(c);
        });
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Length of a row with what fills its last vector.</summary>
    public int Stride { get; }

    /// <summary>Value of a pair.</summary>
    public T this[int row, int column] => _value[(row * Stride) + column];

    /// <summary>The first pair of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Row(int row) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_value), row * Stride);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyRow(int candidate)
    {
        var row = _value.AsSpan(candidate * Stride, Columns);
        if (_problem.Pins[candidate] != -1)
        {
            row.Fill(-_far);
            return;
        }
        var source = _problem.Value.AsSpan(candidate * Columns, Columns);
        var (shut, none) = (_shut, long.CreateTruncating(_far));
        // without branches: every other pair may be without value, in no order
        if (_wish is null)
        {
            for (var k = 0; k < source.Length && k < shut.Length && k < row.Length; k++)
                row[k] = T.CreateTruncating(source[k] - ((source[k] + none) & (((source[k] - 1) >> 63) | shut[k])));
            return;
        }
        var wish = _wish.AsSpan(candidate * Columns, Columns);
        for (var k = 0; k < source.Length && k < shut.Length && k < row.Length && k < wish.Length; k++)
        {
            var rank = source[k] - wish[k];
            row[k] = T.CreateTruncating(rank - ((rank + none) & (((source[k] - 1) >> 63) | shut[k])));
        }
    }

    // blocks of both sides: what is read and what is written stays near
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyColumns(int from, int to)
    {
        var (none, rows) = (long.CreateTruncating(_far), (nint)Rows);
        for (var first = 0; first < Columns; first += Few)
        {
            var last = Math.Min(first + Few, Columns);
            for (var k = from; k < to; k++)
            {
                var shut = _shut[k];
                ref var source = ref _problem.Value[(first * Rows) + k];
                ref var target = ref Unsafe.Add(ref Row(k), first);
                for (nint i = 0; i < last - first; i++)
                {
                    var value = Unsafe.Add(ref source, i * rows);
                    Unsafe.Add(ref target, i) = T.CreateTruncating(value - ((value + none) & (((value - 1) >> 63) | shut)));
                }
            }
            for (var c = first; c < last; c++)
                if (_problem.Pins[c] != -1)
                    for (var k = from; k < to; k++) _value[(k * Stride) + c] = -_far;
        }
    }
}
