using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>What came back: status, headers, and the body up to a limit.</summary>
internal sealed record HttpSaid(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>Asks an institution within a time, and reads at most so much. No answer is <c>payment.unreachable</c>: whether it was done, nobody knows.</summary>
internal static class PaymentHttp
{
    /// <summary>Most bytes of an ordinary answer.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Most bytes of a bill.</summary>
    public const int MostBillBytes = 128 * 1024 * 1024;

    public static async Task<Outcome<HttpSaid>> Ask(this HttpClient http, HttpRequestMessage request, TimeSpan timeout, int most, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await using var stream = await answer.Content.ReadAsStreamAsync(limit.Token);
            using var body = new MemoryStream();
            var buffer = new byte[81_920];
            for (int read; (read = await stream.ReadAsync(buffer, limit.Token)) > 0;)
            {
                if (body.Length + read > most) return new Refusal("payment.answer-large", Place.None, most / 1024);
                body.Write(buffer, 0, read);
            }
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, values) in answer.Headers) headers[name] = string.Join(',', values);
            return new HttpSaid((int)answer.StatusCode, headers, body.ToArray());
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && (e is HttpRequestException or IOException or OperationCanceledException))
        {
            return new Refusal("payment.unreachable", Place.None, request.RequestUri!.Host);
        }
    }
}
