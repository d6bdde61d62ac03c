using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Anlauf.Tests.Surface;

/// <summary>Sends bytes as they are and reads what comes back; no client library puts anything right.</summary>
internal sealed class RawClient(int port) : IDisposable
{
    private TcpClient? client;
    private Stream stream = Stream.Null;

    /// <summary>Status and body; status 0 where the server hung up without an answer.</summary>
    public async Task<(int Status, byte[] Body)> SendAsync(byte[] request, bool isHead, bool breaksOff)
    {
        // a server may close a connection after an answer; that is no answer to the next request, which deserves a new connection
        var used = client is not null;
        var answer = await TryAsync(request, isHead, breaksOff);
        return answer.Status == 0 && used ? await TryAsync(request, isHead, breaksOff) : answer;
    }

    private async Task<(int Status, byte[] Body)> TryAsync(byte[] request, bool isHead, bool breaksOff)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        if (client is null)
        {
            client = new TcpClient { NoDelay = true };
            await client.ConnectAsync("127.0.0.1", port, patience.Token);
            stream = new BufferedStream(client.GetStream(), 16384);
        }
        try
        {
            await client.GetStream().WriteAsync(request, patience.Token);
            if (breaksOff) client.Client.Shutdown(SocketShutdown.Send);
            var (status, body, stays) = await ReadAsync(isHead, patience.Token);
            if (!stays || breaksOff) Dispose();
            return (status, body);
        }
        catch (IOException)
        {
            Dispose();
            return (0, []);
        }
    }

    private async Task<(int, byte[], bool)> ReadAsync(bool isHead, CancellationToken ct)
    {
        int status;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        do
        {
            headers.Clear();
            if (await LineAsync(ct) is not { Length: > 12 } line) return (0, [], false);
            status = int.Parse(line.AsSpan(9, 3), CultureInfo.InvariantCulture);
            while (await LineAsync(ct) is { Length: > 0 } header) headers[header[..header.IndexOf(':', StringComparison.Ordinal)]] = header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        } while (status is >= 100 and < 200); // 100 Continue
        var stays = !headers.TryGetValue("Connection", out var connection) || !connection.Contains("close", StringComparison.OrdinalIgnoreCase);
        if (isHead || status is 204 or 304) return (status, [], stays);
        if (headers.TryGetValue("Content-Length", out var length)) return (status, await BytesAsync(int.Parse(length, CultureInfo.InvariantCulture), ct), stays);
        using var body = new MemoryStream();
        if (headers.ContainsKey("Transfer-Encoding"))
        {
            while (int.Parse(await LineAsync(ct) ?? "0", NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
            {
                body.Write(await BytesAsync(size, ct));
                await LineAsync(ct);
            }
            await LineAsync(ct);
            return (status, body.ToArray(), stays);
        }
        await stream.CopyToAsync(body, ct);
        return (status, body.ToArray(), false);
    }

    private async Task<byte[]> BytesAsync(int count, CancellationToken ct)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    private async Task<string?> LineAsync(CancellationToken ct)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, ct) == 1)
        {
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client?.Dispose();
        client = null;
    }
}
