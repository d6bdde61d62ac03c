using System.Runtime.CompilerServices;

namespace Anlauf.Planning;

/// <summary>One value by its place in order without sorting the others (quickselect, Hoare 1961).</summary>
internal static class Ranks
{
    /// <summary>The value that would stand at this place if all were sorted; the values change their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long At(Span<long> values, int place)
    {
        var (first, last) = (0, values.Length - 1);
        while (first < last)
        {
            var pivot = values[first + ((last - first) / 2)];
            var (low, high) = (first, last);
            while (low <= high)
            {
                while (values[low] < pivot) low++;
                while (values[high] > pivot) high--;
                if (low > high) break;
                (values[low], values[high]) = (values[high], values[low]);
                low++;
                high--;
            }
            if (place <= high) last = high;
            else if (place >= low) first = low;
            else break;
        }
        return values[place];
    }
}
