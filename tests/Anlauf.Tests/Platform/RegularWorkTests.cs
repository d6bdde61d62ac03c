using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlauf.Tests.Platform;

/// <summary>Work that comes again while the server runs.</summary>
public sealed class RegularWorkTests
{
    private sealed class Work(Actor actor, Work.Book book)
    {
        public sealed class Book
        {
            public List<(string Actor, Work Work)> Turns { get; } = [];
            public SemaphoreSlim Turned { get; } = new(0);
        }

        public Task DoAsync()
        {
            lock (book.Turns) book.Turns.Add((actor.Value, this));
            book.Turned.Release();
            return book.Turns.Count == 1 ? throw new IOException("the file of Erika Muster is away") : Task.CompletedTask;
        }
    }

    private sealed class Heard : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception) + exception);
        public void Dispose() { }
    }

    private static (ServiceProvider Services, IHostedService Host, Work.Book Book, Heard Log) Set(TimeSpan pace, bool on = true, bool atStart = false, bool atEnd = false)
    {
        var (book, log) = (new Work.Book(), new Heard());
        var services = new ServiceCollection().AddLogging(l => l.AddProvider(log)).AddSingleton(TimeProvider.System).AddSingleton(book).AddScoped<Actor>().AddScoped<Work>();
        services.AddRegularWork<Work>(pace, (work, _) => work.DoAsync(), _ => on, atStart, atEnd);
        var built = services.BuildServiceProvider();
        return (built, built.GetServices<IHostedService>().Single(), book, log);
    }

    [Fact]
    public async Task A_turn_that_fails_is_told_without_its_words_and_the_next_one_comes()
    {
        var (services, host, book, log) = Set(TimeSpan.FromMilliseconds(5));
        await using var _ = services;
        await host.StartAsync(default);
        for (var i = 0; i < 3; i++) (await book.Turned.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        await host.StopAsync(default);
        book.Turns.ShouldAllBe(t => t.Actor == "system");
        book.Turns.Select(t => t.Work).Distinct().Count().ShouldBe(book.Turns.Count, "each turn in a scope of its own");
        log.Lines.ShouldBe(["Work did not get through this turn: IOException"]);
    }

    [Fact]
    public async Task It_is_done_at_the_start_and_at_the_end_where_that_is_asked_for()
    {
        var (services, host, book, log) = Set(TimeSpan.FromHours(1), atStart: true, atEnd: true);
        await using var _ = services;
        await host.StartAsync(default);
        (await book.Turned.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        await host.StopAsync(default);
        book.Turns.Count.ShouldBe(2);
        log.Lines.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Where_it_is_not_needed_nothing_is_done()
    {
        var (services, host, book, log) = Set(TimeSpan.FromMilliseconds(1), on: false, atStart: true, atEnd: true);
        await using var _ = services;
        await host.StartAsync(default);
        await Task.Delay(100);
        await host.StopAsync(default);
        book.Turns.ShouldBeEmpty();
        log.Lines.ShouldBeEmpty();
    }
}
