using Anlauf.Rooms.Members.Numbers;

namespace Anlauf.Tests.Members;

/// <summary>Stock and flow agree, month by month and district by district, whatever happened (H8).</summary>
public sealed class StockAndFlowTests
{
    private static DateOnly Day(int year, int month, int day) => new(year, month, day);

    [Fact]
    public void A_month_counts_what_came_what_went_and_what_moved()
    {
        Spell[] spells =
        [
            new(1, "KV A", "unbekannt", Day(2026, 1, 10), null, null), new(2, "KV B", "unbekannt", Day(2026, 3, 1), null, null),
            new(3, "KV A", "unbekannt", Day(2026, 2, 5), Day(2026, 3, 31), "resigned"), new(4, "KV A", "unbekannt", Day(2025, 5, 1), Day(2026, 3, 2), "died"),
            // moved from A to B in March, joined and left on one day: no member ever
            new(5, "KV B", "unbekannt", Day(2026, 2, 1), null, null), new(6, "KV A", "unbekannt", Day(2026, 3, 3), Day(2026, 3, 3), "withdrawn"),
        ];
        var march = StockAndFlow.Of(spells, [new(5, "KV A", "KV B", Day(2026, 3, 15))], Day(2026, 3, 1), Day(2026, 3, 1));
        march.ShouldBe([new(Day(2026, 3, 1), "KV A", 4, 0, 1, 1, 0, 1, 1), new(Day(2026, 3, 1), "KV B", 0, 1, 0, 0, 1, 0, 2)]);
        StockAndFlow.Together(march).ShouldHaveSingleItem().ShouldBe(new(Day(2026, 3, 1), "", 4, 1, 1, 1, 1, 1, 3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Stock_of_a_month_is_stock_before_plus_joins_minus_leaves_and_moves_for_any_history(int seed)
    {
        var random = new Random(seed);
        string[] places = ["KV A", "KV B", "KV C", "KV D"];
        var (spells, moves) = (new List<Spell>(), new List<Move>());
        for (var id = 0; id < 2_000; id++)
        {
            var from = Day(2024, 1, 1).AddDays(random.Next(1000));
            var left = random.Next(3) == 0 ? from.AddDays(random.Next(400)) : (DateOnly?)null;
            var place = places[random.Next(4)];
            for (var day = from.AddDays(random.Next(60)); random.Next(3) == 0 && (left is null || day <= left); day = day.AddDays(random.Next(40)))
            {
                var to = places[random.Next(4)];
                moves.Add(new(id, place, to, day));
                place = to;
            }
            spells.Add(new(id, place, "unbekannt", from, left, left is null ? null : random.Next(4) == 0 ? "died" : "resigned"));
        }
        var flows = StockAndFlow.Of(spells, moves, Day(2024, 6, 1), Day(2026, 9, 1));
        flows.Where(f => !f.Holds).ShouldBeEmpty();
        foreach (var place in places)
        {
            var of = flows.Where(f => f.Place == place).OrderBy(f => f.Month).ToList();
            of.Count.ShouldBe(28);
            of.Zip(of.Skip(1)).ShouldAllBe(p => p.First.Closing == p.Second.Opening);
        }
        flows.GroupBy(f => f.Month).ShouldAllBe(g => g.Sum(f => f.In) == g.Sum(f => f.Out));
        flows.Sum(f => f.In).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Of_a_year_only_those_are_asked_about_whose_time_is_over()
    {
        Spell[] spells = [new(1, "A", "", Day(2023, 3, 1), null, null), new(2, "A", "", Day(2023, 5, 1), Day(2024, 4, 1), "resigned"), new(3, "A", "", Day(2023, 6, 1), Day(2025, 7, 1), "resigned"), new(4, "A", "", Day(2026, 2, 1), null, null)];
        var retention = StockAndFlow.Retention(spells, Day(2026, 11, 21));
        retention.Select(r => (r.Year, r.Began)).ShouldBe([(2023, 3), (2026, 1)]);
        retention[0].StillAfter.ShouldBe([2, 2, null]);
        retention[1].StillAfter.ShouldBe([null, null, null]);
    }

    [Fact]
    public void Months_with_hidden_numbers_add_up_to_the_joins_that_are_told_beside_them()
    {
        // two districts, twelve months, one who joins in each: 24, all of them hidden month by month
        Flow[] flows = [.. Enumerable.Range(1, 12).SelectMany(m => new[] { new Flow(Day(2026, m, 1), "KV A", 10 + m - 1, 1, 0, 0, 0, 0, 10 + m), new Flow(Day(2026, m, 1), "KV B", 10 + m - 1, 1, 0, 0, 0, 0, 10 + m) })];
        Told.Sum(ShownFlows.Together(flows).Select(f => f.Joined)).Words.ShouldBe("etwa 60");
        Told.Sum(ShownFlows.Together(flows, 24).Select(f => f.Joined)).Words.ShouldBe("etwa 25");
        // and the stock before them fits: 44 now, 20 then
        ShownFlows.Together(flows, 24)[0].Opening!.Value.Words.ShouldBe("etwa 20");
        // what cannot be (more than four in each hidden number) is not believed
        Told.Sum(ShownFlows.Together(flows, 240).Select(f => f.Joined)).Words.ShouldBe("etwa 60");
    }

    [Fact]
    public void What_the_report_says_is_made_from_what_it_shows()
    {
        var file = NumbersFile.Write([new(Day(2026, 1, 1), "KV A", 41, 3, 0, 0, 0, 0, 44), new(Day(2026, 2, 1), "KV A", 44, 6, 0, 0, 0, 0, 50), new(Day(2026, 1, 1), "KV B", 60, 7, 5, 0, 0, 0, 62)]);
        file.Split("\r\n").Skip(1).ShouldBe(["2026-01;\"KV A\";etwa 40;unter 5;0;0;0;0;44", "2026-01;\"KV B\";60;7;5;0;0;0;62", "2026-02;\"KV A\";44;6;0;0;0;0;50", ""]);
        // a small move hides all moves, and the stocks before it
        NumbersFile.Write([new(Day(2026, 1, 1), "KV A", 41, 0, 0, 0, 3, 0, 44), new(Day(2026, 1, 1), "KV B", 60, 0, 0, 0, 0, 9, 51)]).ShouldContain("\"KV B\";–;0;0;0;–;–;51");
        ShownFlows.Merged([("unter 28", [30, 6]), ("28 bis 44", [8, 0]), ("ab 65", [3, 0]), ("unbekannt", [20, 9])]).Select(r => (r.Name, r.Numbers[0], r.Numbers[1])).ShouldBe([("unter 28", 30, 6), ("28 bis 44", 8, 0), ("ab 65, unbekannt", 23, 9)]);
        ShownFlows.Merged([("a", [9]), ("b", [2])]).ShouldHaveSingleItem().Numbers.ShouldBe([11]);
    }

    [Fact]
    public void Nobody_finds_a_hidden_number_from_the_report_whatever_the_year_was()
    {
        // every world of two districts with a month of 0 to 9 who came and went beside stocks around 40, and all that is told of each
        var told = new Dictionary<string, HashSet<int>[]>();
        for (var world = 0; world < 10 * 10 * 10 * 10; world++)
        {
            int[] n = [world % 10, world / 10 % 10, world / 100 % 10, world / 1000];
            Flow[] flows = [new(Day(2026, 1, 1), "KV A", 40 - n[0] + n[1], n[0], n[1], 0, 0, 0, 40), new(Day(2026, 1, 1), "KV B", 60 - n[2] + n[3], n[2], n[3], 0, 0, 0, 60)];
            var total = ShownFlows.Together(flows).Single();
            var text = NumbersFile.Write(flows) + string.Join(' ', total.Opening!.Value.Words, total.Joined.Words, total.Left.Words, total.Closing!.Value.Words);
            if (!told.TryGetValue(text, out var possible)) told[text] = possible = [[], [], [], []];
            for (var i = 0; i < 4; i++) possible[i].Add(n[i]);
        }
        foreach (var (text, possible) in told)
            foreach (var numbers in possible)
                (numbers.Count == 1 ? numbers.Single() is 0 or >= 5 : numbers.SetEquals([1, 2, 3, 4])).ShouldBeTrue(text);
        told.Count.ShouldBe(7 * 7 * 7 * 7, "seven things can be said of a number: 0, unter 5, and 5 to 9");
    }

    [Fact]
    public void Age_is_counted_to_the_birthday()
    {
        MemberNumbers.AgeClass(Day(1998, 11, 21), Day(2026, 11, 21)).ShouldBe("28 bis 44");
        MemberNumbers.AgeClass(Day(1998, 11, 22), Day(2026, 11, 21)).ShouldBe("unter 28");
        MemberNumbers.AgeClass(null, Day(2026, 11, 21)).ShouldBe("unbekannt");
    }
}
