namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Who looks for whom: the side with fewer places looks, so that nobody looks in vain for long. A bidder is a candidate, or
/// one place of a mentor; its row of the table is the candidate, or the mentor. Pinned pairs stand outside, they only take places away.
/// </summary>
internal sealed class Sides
{
    private readonly MentorProblem _problem;

    private Sides(MentorProblem problem, int[] room, bool byMentor)
    {
        (_problem, Room, ByMentor) = (problem, room, byMentor);
        int[] free = [.. Enumerable.Range(0, problem.Candidates).Where(c => problem.Pins[c] == -1)];
        RowOf = byMentor ? [.. Enumerable.Range(0, room.Length).SelectMany(k => Enumerable.Repeat(k, room[k]))] : free;
        Capacity = byMentor ? [.. problem.Pins.Select(pin => pin == -1 ? 1 : 0)] : room;
    }

    /// <summary>Places of each mentor beside those pinned, no more than there are candidates.</summary>
    public int[] Room { get; }

    /// <summary>True where places of mentors look for candidates.</summary>
    public bool ByMentor { get; }

    /// <summary>Row of each bidder.</summary>
    public int[] RowOf { get; }

    /// <summary>How many bidders each column takes.</summary>
    public int[] Capacity { get; }

    /// <summary>Places look where they are fewer than the candidates, else candidates.</summary>
    public static Sides Of(MentorProblem problem)
    {
        var room = Places(problem);
        return new(problem, room, room.Sum(places => (long)places) < problem.Pins.Count(pin => pin == -1));
    }

    /// <summary>Candidates look.</summary>
    public static Sides Asking(MentorProblem problem) => new(problem, Places(problem), false);

    /// <summary>Mentor of each candidate, −1 for none, from the column of each bidder.</summary>
    public int[] MentorOf(int[] columnOf)
    {
        int[] mentorOf = [.. _problem.Pins.Select(pin => Math.Max(pin, -1))];
        for (var b = 0; b < columnOf.Length; b++)
        {
            if (columnOf[b] < 0) continue;
            if (ByMentor) mentorOf[columnOf[b]] = RowOf[b];
            else mentorOf[RowOf[b]] = columnOf[b];
        }
        return mentorOf;
    }

    private static int[] Places(MentorProblem problem)
    {
        var room = (int[])problem.Capacity.Clone();
        foreach (var pin in problem.Pins)
            if (pin >= 0) room[pin]--;
        for (var k = 0; k < room.Length; k++) room[k] = Math.Min(room[k], problem.Candidates);
        return room;
    }
}
