using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;

namespace Anlauf.Rooms.SelfService.Links;

/// <summary>Looks every five seconds whether somebody has asked for a link, while the server runs.</summary>
internal sealed partial class AnswerWishes(IServiceScopeFactory scopes, MailSettings mail, TimeProvider clock, ILogger<AnswerWishes> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (mail.Host.Length == 0) return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) { }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            await scope.ServiceProvider.GetRequiredService<LinkDesk>().AnswerWishesAsync(ct);
        }
        // a database that is away must not end the answering for good
        catch (Exception e) when (e is Npgsql.NpgsqlException or System.Security.Cryptography.CryptographicException) { NotLooked(log, e.GetType().Name); }
    }

    [LoggerMessage(LogLevel.Warning, "requests for links could not be answered: {Why}")]
    private static partial void NotLooked(ILogger logger, string why);
}
