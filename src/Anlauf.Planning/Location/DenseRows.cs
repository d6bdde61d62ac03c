using System.Numerics;

namespace Anlauf.Planning.Location;

/// <summary>Site-major rows of a core, for the vector kernels.</summary>
internal static class DenseRows
{
    private const int LeastDensityPercent = 12;

    /// <summary>Gives a core a stride where so many pairs exist that a full row may be faster than a list.</summary>
    public static void AllowIn(LocationCore core)
    {
        var cells = (long)core.Clients * core.Sites;
        if (cells == 0 || cells > 1 << 24 || core.Pairs * 100L < cells * LeastDensityPercent) return;
        var width = Vector<long>.Count;
        core.Stride = (core.Clients + width - 1) / width * width;
    }

    /// <summary>The rows of a core that has a stride.</summary>
    public static long[] Of(LocationCore core)
    {
        var rows = new long[core.Stride * core.Sites];
        for (var i = 0; i < core.Sites; i++) Array.Copy(core.Ceiling, 0, rows, i * core.Stride, core.Clients);
        for (var j = 0; j < core.Clients; j++)
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++)
                rows[core.PairSite[k] * core.Stride + j] = core.PairCost[k];
        return rows;
    }
}
