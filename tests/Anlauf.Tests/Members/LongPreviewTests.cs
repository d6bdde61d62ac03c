using System.Diagnostics;
using System.Globalization;
using Anlauf.Platform;
using Anlauf.Rooms.Members.Reconciliation;
using Anlauf.Testing;
using Xunit.Abstractions;

namespace Anlauf.Tests.Members;

/// <summary>How long the preview of a large file takes and what it keeps in memory: measured while no other test fills the same heap.</summary>
[Collection("alone")]
public sealed class LongPreviewTests(AssociationDatabase house, ITestOutputHelper output) : IClassFixture<AssociationDatabase>
{
    [Fact]
    public async Task A_hundred_thousand_lines_are_previewed_in_ten_seconds_and_half_a_gigabyte()
    {
        var id = (await house.UseAsync<ImportDesk, Outcome<int>>(house.StateManager, async d => await d.UploadAsync(await house.DivisionAsync("sachsen"), "register.csv", LongFileTests.File("Vorschau", 100_000), true))).Value;
        using var heap = new Heap();
        var watch = Stopwatch.StartNew();
        (await house.UseAsync<ImportDesk, Reconcile.Preview?>(house.StateManager, d => d.PreviewAsync(id)))!.New.Count.ShouldBe(100_000);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"preview of 100,000 new lines: {watch.Elapsed.TotalSeconds:0.0} s, managed heap at most {heap.Peak} MB"));
        watch.Elapsed.ShouldBeLessThan(Quiet.Limit(10));
        heap.Peak.ShouldBeLessThan(500);
    }
}

/// <summary>Tests that measure what the whole process shares; they run after the others, one at a time.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>The largest managed heap while it lives, without what other tests had left there.</summary>
internal sealed class Heap : IDisposable
{
    private readonly Timer timer;
    private readonly long before;
    private long peak;
    public Heap()
    {
        before = GC.GetTotalMemory(forceFullCollection: true);
        timer = new(_ => peak = Math.Max(peak, GC.GetTotalMemory(false)), null, 0, 50);
    }

    /// <summary>In megabytes.</summary>
    public long Peak => Math.Max(0, peak - before) / 1024 / 1024;
    public void Dispose() => timer.Dispose();
}
