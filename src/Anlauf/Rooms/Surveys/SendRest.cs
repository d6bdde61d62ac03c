using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;

namespace Anlauf.Rooms.Surveys;

/// <summary>Writes to those whom a survey's first letters left over, a batch every half minute, while the server runs.</summary>
internal sealed partial class SendRest(IServiceScopeFactory scopes, MailSettings mail, TimeProvider clock, ILogger<SendRest> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (mail.Host.Length == 0) return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30), clock);
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
            await scope.ServiceProvider.GetRequiredService<RunSurvey>().SendRestAsync(ct);
        }
        // a database that is away must not end the sending for good
        catch (Exception e) when (e is Npgsql.NpgsqlException or System.Security.Cryptography.CryptographicException) { NotLooked(log, e.GetType().Name); }
    }

    [LoggerMessage(LogLevel.Warning, "letters of surveys could not be sent: {Why}")]
    private static partial void NotLooked(ILogger logger, string why);
}
