using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Entries of a covering program's rows without the sites that are closed below a node: these cannot enter the basis, and
/// their reduced costs are not asked for before they are free again. Deep in the tree that is half of all entries.
/// </summary>
/// <param name="program">a program whose clients have one row each</param>
internal sealed class OpenEntries(CoverProgram program)
{
    private const int WorthSorting = 16;
    private readonly bool[] _isOut = new bool[program.Sites];
    private int _out;

    /// <summary>Sites of the rows as in <see cref="CoverProgram.RowSite"/>, in each row those that are left first.</summary>
    public int[] Site { get; } = (int[])program.RowSite.Clone();

    /// <summary>End of what is left of each row.</summary>
    public int[] End { get; } = (int[])program.RowEnd.Clone();

    /// <summary>Takes out the sites that are closed now, where they are many more than are out already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Follow(SimplexState state)
    {
        var (closed, isOld) = (0, false);
        for (var i = 0; i < _isOut.Length; i++)
        {
            var isClosed = state.PositionOfSite[i] < 0 && state.High[i] == 0;
            if (isClosed) closed++;
            isOld |= _isOut[i] & !isClosed;
        }
        if (!isOld && (closed - _out) * WorthSorting <= _isOut.Length) return;
        _out = closed;
        for (var i = 0; i < _isOut.Length; i++) _isOut[i] = state.PositionOfSite[i] < 0 && state.High[i] == 0;
        for (var row = 0; row < program.Rows && program.ClientOf(row) >= 0; row++) Sort(program.RowStart[row], program.RowEnd[row], row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sort(int from, int to, int row)
    {
        var end = from;
        for (var k = from; k < to; k++)
        {
            var site = Site[k];
            if (_isOut[site]) continue;
            (Site[k], Site[end]) = (Site[end], site);
            end++;
        }
        End[row] = end;
    }
}
