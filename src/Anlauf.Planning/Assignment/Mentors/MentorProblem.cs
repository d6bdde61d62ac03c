namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Mentors × candidates: a mentor takes at most capacity candidates, a candidate gets at most one mentor. A pair counts
/// score + wish of the candidate + wish of the mentor; only pairs that count more than 0 may be matched.
/// The best matching has the greatest sum. In the stable one no pair would rather leave its own match: candidates rank
/// by score + own wish, mentors by score + own wish, ties by the lower number.
/// </summary>
public sealed record MentorProblem : PlanProblem
{
    /// <summary>Pinned to nobody: the candidate stays without mentor.</summary>
    public const int Nobody = -2;

    private const long LargestScore = 1L << 40;
    private const int MostPairs = 100_000_000;

    /// <summary>Checks shapes and sizes.</summary>
    /// <param name="instance">name of the problem</param>
    /// <param name="capacity">most candidates of each mentor</param>
    /// <param name="score">score of mentor k for candidate c, at c·mentors + k</param>
    /// <param name="candidateWish">what candidates add by wish, same shape, or none</param>
    /// <param name="mentorWish">what mentors add by wish, same shape, or none</param>
    /// <param name="pins">mentor a candidate must have, −1 for any, <see cref="Nobody"/> for none at all; none means no pins</param>
    /// <exception cref="PlanInputException">a shape does not fit or a number is out of range</exception>
    public MentorProblem(string instance, int[] capacity, long[] score, long[]? candidateWish = null, long[]? mentorWish = null, int[]? pins = null)
        : base(instance)
    {
        if (capacity.Length == 0) throw new PlanInputException($"„{instance}“ nennt niemanden, der begleiten kann.");
        if (score.Length == 0 || score.Length % capacity.Length != 0) throw new PlanInputException($"„{instance}“: Die Tabelle passt nicht zur Zahl der Mentorinnen und Mentoren.");
        if (score.Length > MostPairs) throw new PlanInputException($"„{instance}“: Mehr als {MostPairs} Paare sind nicht möglich.");
        foreach (var wish in new[] { candidateWish, mentorWish })
            if (wish is not null && wish.Length != score.Length) throw new PlanInputException($"„{instance}“: Die Wünsche passen nicht zur Tabelle.");
        foreach (var (name, table) in new[] { ("score", score), ("candidateWish", candidateWish ?? []), ("mentorWish", mentorWish ?? []) })
            if (Array.FindIndex(table, value => value is > LargestScore or < -LargestScore) is var large and >= 0)
                throw PlanInputException.At($"{name}[{large / capacity.Length}][{large % capacity.Length}]",
                    $"„{instance}“: Die Punktzahl von Kandidat {(large / capacity.Length) + 1} und Mentor {(large % capacity.Length) + 1} ist größer als {LargestScore}. Bitte eine gröbere Einheit wählen.");
        if (Array.FindIndex(capacity, c => c < 0) is var negative and >= 0)
            throw PlanInputException.At($"capacity[{negative}]", $"„{instance}“: Die Kapazität von Mentor {negative + 1} ist negativ. Bitte 0 oder mehr angeben.");
        (Capacity, Score, CandidateWish, MentorWish) = (capacity, score, candidateWish, mentorWish);
        Candidates = score.Length / capacity.Length;
        Pins = pins ?? [.. Enumerable.Repeat(-1, Candidates)];
        if (Pins.Length != Candidates) throw PlanInputException.At("pins", $"„{instance}“: Feste Zuordnungen gibt es für {Pins.Length} Personen, gebraucht werden {Candidates}. Bitte −1 angeben, wo nichts fest ist.");
        if (Array.FindIndex(Pins, pin => pin < Nobody || pin >= capacity.Length) is var wrong and >= 0)
            throw PlanInputException.At($"pins[{wrong}]", $"„{instance}“: Die feste Zuordnung von Kandidat {wrong + 1} nennt niemanden, den es gibt. Erlaubt sind −2 bis {capacity.Length - 1}.");
        Value = new long[score.Length];
        for (var k = 0; k < score.Length; k++)
        {
            var (wish, theirs) = (candidateWish?[k] ?? 0, mentorWish?[k] ?? 0);
            Value[k] = score[k] + wish + theirs;
            if (Value[k] > 0) Largest = Math.Max(Math.Max(Largest, Value[k]), Math.Max(Math.Abs(score[k] + wish), Math.Abs(score[k] + theirs)));
        }
        CheckPins();
    }

    /// <summary>Number of mentors.</summary>
    public int Mentors => Capacity.Length;

    /// <summary>Number of candidates.</summary>
    public int Candidates { get; }

    /// <summary>Most candidates of each mentor.</summary>
    public int[] Capacity { get; }

    /// <summary>Score at c·mentors + k.</summary>
    public long[] Score { get; }

    /// <summary>Wishes of candidates, or none.</summary>
    public long[]? CandidateWish { get; }

    /// <summary>Wishes of mentors, or none.</summary>
    public long[]? MentorWish { get; }

    /// <summary>Mentor a candidate must have, −1 for any, <see cref="Nobody"/> for none.</summary>
    public int[] Pins { get; }

    /// <summary>What a pair counts in the sum, at c·mentors + k.</summary>
    public long[] Value { get; }

    /// <summary>No pair that may be matched counts more, and to neither side alone more or less than this.</summary>
    internal long Largest { get; }

    /// <summary>True when the pair may be matched.</summary>
    public bool Allows(int candidate, int mentor) =>
        Value[(candidate * Mentors) + mentor] > 0 && (Pins[candidate] == -1 || Pins[candidate] == mentor);

    /// <summary>How much a candidate likes a mentor.</summary>
    public long CandidateRank(int candidate, int mentor) => Score[(candidate * Mentors) + mentor] + (CandidateWish?[(candidate * Mentors) + mentor] ?? 0);

    /// <summary>How much a mentor likes a candidate.</summary>
    public long MentorRank(int candidate, int mentor) => Score[(candidate * Mentors) + mentor] + (MentorWish?[(candidate * Mentors) + mentor] ?? 0);

    private void CheckPins()
    {
        var pinned = new int[Mentors];
        for (var c = 0; c < Candidates; c++)
        {
            if (Pins[c] < 0) continue;
            if (++pinned[Pins[c]] > Capacity[Pins[c]])
                throw PlanInputException.At($"pins[{c}]", $"„{Instance}“: Mentor {Pins[c] + 1} hat Platz für {Capacity[Pins[c]]}, fest zugeordnet sind mehr. Bitte eine feste Zuordnung lösen oder die Kapazität erhöhen.");
            if (!Allows(c, Pins[c]))
                throw PlanInputException.At($"pins[{c}]", $"„{Instance}“: Die feste Zuordnung von Kandidat {c + 1} zu Mentor {Pins[c] + 1} hat keine Punkte. Bitte die Zuordnung lösen oder Punkte geben.");
        }
    }
}
