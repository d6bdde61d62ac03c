namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// Labels of one round of <see cref="RememberedTours"/>: for each point and score the lengths of paths that end there, none
/// longer than another that remembers no more. A label that cannot reach the aim within the budget, by what is left at least
/// from its point to the other end, is not kept. Points and scores are counted anew, scores in units of their divisor.
/// </summary>
internal sealed class TourLabels
{
    private const int Often = 64, MostLabels = 2_000_000;
    private const long Endless = long.MaxValue / 4;
    private readonly int _n, _width, _total;
    private readonly int[] _score;
    private readonly long[] _leg;
    private readonly long _budget;
    private readonly UInt128[] _memory;
    private readonly int[] _head;
    private readonly List<(int Score, int Label)> _ends = [];
    private Label[] _labels = new Label[1024];
    private long[] _rest = [];
    private int _aim, _count;
    private long _work;

    private record struct Label(long Length, UInt128 Seen, int Next, int Parent, int Point);

    /// <param name="score">score of each point</param>
    /// <param name="leg">legs, from × points + to</param>
    /// <param name="budget">greatest length</param>
    public TourLabels(int[] score, long[] leg, long budget)
    {
        (_score, _leg, _budget, _n, _total) = (score, leg, budget, score.Length, score.Sum());
        _width = _total + 2;
        _head = new int[_n * _width];
        _memory = new UInt128[_n];
        for (var i = 0; i < _n; i++) _memory[i] = UInt128.One << i;
    }

    /// <summary>Paths compared since the beginning.</summary>
    public long Work => _work;

    /// <summary>Greatest score of a whole path that reached the aim; 0 where none did.</summary>
    public int Reached { get; private set; }

    /// <summary>Makes a point remember another.</summary>
    /// <returns>whether it did not before</returns>
    public bool Remember(int point, int other)
    {
        var before = _memory[point];
        _memory[point] |= UInt128.One << other;
        return _memory[point] != before;
    }

    /// <summary>Extends all paths, by rising score.</summary>
    /// <param name="first">length from where the round begins to each point</param>
    /// <param name="last">length from each point to where it ends</param>
    /// <param name="rest">least length from a point to there with at least a score, the point's own included</param>
    /// <param name="aim">score that matters</param>
    /// <param name="most">work at which to stop</param>
    /// <param name="goOn">asked from time to time</param>
    /// <returns>whether all were looked at</returns>
    public bool Run(long[] first, long[] last, long[] rest, int aim, long most, Func<bool> goOn)
    {
        (_count, Reached, _rest, _aim) = (0, 0, rest, aim);
        Array.Fill(_head, -1);
        _ends.Clear();
        for (var i = 0; i < _n; i++) Add(i, _score[i], first[i], UInt128.One << i, -1);
        var seen = 0;
        for (var score = 1; score <= _total; score++)
            for (var i = 0; i < _n; i++)
                for (var label = _head[(i * _width) + score]; label >= 0; label = _labels[label].Next)
                {
                    if (++seen % Often == 0 && (_work > most || _count > MostLabels || !goOn())) return false;
                    var (length, path, _, _, _) = _labels[label];
                    if (score >= aim && length + last[i] <= _budget)
                    {
                        _ends.Add((score, label));
                        Reached = score;
                    }
                    for (var j = 0; j < _n; j++)
                        if (((path >> j) & UInt128.One) == UInt128.Zero)
                            Add(j, score + _score[j], length + _leg[(i * _n) + j], (path & _memory[j]) | (UInt128.One << j), label);
                }
        return true;
    }

    /// <summary>The best whole paths of the round, best first, each from where it ended back to where it began.</summary>
    public IEnumerable<(int Score, int[] Path)> Paths(int most)
    {
        foreach (var (score, end) in _ends.OrderByDescending(e => e.Score).ThenBy(e => _labels[e.Label].Length).Take(most))
        {
            var path = new List<int>();
            for (var label = end; label >= 0; label = _labels[label].Parent) path.Add(_labels[label].Point);
            yield return (score, [.. path]);
        }
    }

    /// <summary>What the round says is left at least, for one in the other direction.</summary>
    public long[] Rest()
    {
        var least = new long[_head.Length];
        for (var cell = 0; cell < least.Length; cell++)
        {
            least[cell] = Endless;
            for (var label = _head[cell]; label >= 0; label = _labels[label].Next) least[cell] = Math.Min(least[cell], _labels[label].Length);
        }
        return AtLeast(least);
    }

    /// <summary>The same for paths that remember nothing but where they are.</summary>
    public long[] Forgetful(long[] last)
    {
        var least = new long[_head.Length];
        Array.Fill(least, Endless);
        for (var score = 1; score <= _total; score++)
            for (var i = 0; i < _n; i++)
            {
                var left = score - _score[i];
                if (left == 0) least[(i * _width) + score] = last[i];
                for (var j = 0; j < _n && left > 0; j++)
                    if (j != i) least[(i * _width) + score] = Math.Min(least[(i * _width) + score], _leg[(i * _n) + j] + least[(j * _width) + left]);
            }
        return AtLeast(least);
    }

    private long[] AtLeast(long[] exactly)
    {
        for (var i = 0; i < _n; i++)
            for (var score = _total; score >= 0; score--)
                exactly[(i * _width) + score] = Math.Min(exactly[(i * _width) + score], exactly[(i * _width) + score + 1]);
        return exactly;
    }

    private void Add(int i, int score, long length, UInt128 seen, int parent)
    {
        if (score > _total || length + _rest[(i * _width) + Math.Min(_total + 1, Math.Max(0, _aim - score) + _score[i])] > _budget) return;
        ref var head = ref _head[(i * _width) + score];
        var before = -1;
        _work++;
        for (var other = head; other >= 0; other = _labels[other].Next)
        {
            ref var there = ref _labels[other];
            _work++;
            if (there.Length <= length && (there.Seen & ~seen) == UInt128.Zero) return;
            if (length > there.Length || (seen & ~there.Seen) != UInt128.Zero) before = other;
            else if (before < 0) head = there.Next;
            else _labels[before].Next = there.Next;
        }
        if (_count == _labels.Length) Array.Resize(ref _labels, 2 * _count);
        _labels[_count] = new(length, seen, head, parent, i);
        head = _count++;
    }
}
