using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MoocPlatform.Journeys.Tests;

/// <summary>What the server has confirmed.</summary>
internal sealed record AcknowledgedStep(Guid Attempt, Guid Page, long Sequence, string Answer);

/// <summary>A page of an open attempt without the browser: gives one answer after another to a short-text question, as quiz.ts does, until the server is gone.</summary>
internal sealed partial class AutosavingLearner(HttpClient client, string address, int question) : IDisposable
{
    private readonly Guid page = Guid.CreateVersion7();
    private readonly Guid attempt = Guid.ParseExact(address[(address.LastIndexOf('/') + 1)..], "N");
    private string token = "";
    private long sequence = 1;

    /// <summary>Signs in by the form of a demo person, joins and starts an attempt at the quiz.</summary>
    public static async Task<AutosavingLearner> Begin(RunningSite site, string mail, string password, string run, string quiz)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), PooledConnectionLifetime = TimeSpan.FromSeconds(30) })
        {
            BaseAddress = new Uri(site.Address),
            Timeout = TimeSpan.FromSeconds(30),
        };
        await Post(client, "/account/sign-in", "/account/sign-in", ("Mail", mail), ("Password", password));
        await Post(client, $"{run}/join", $"{run}/join");
        var started = await Post(client, $"{run}/quiz/{quiz}", $"{run}/quiz/{quiz}", ("key", Guid.CreateVersion7().ToString("N")));
        var address = started.RequestMessage!.RequestUri!.AbsolutePath;
        if (!address.Contains("/attempt/", StringComparison.Ordinal))
            throw new InvalidOperationException($"{mail} did not start {quiz}: {address}");
        var sheet = await client.GetStringAsync(new Uri(address, UriKind.Relative));
        var texts = TextQuestion().Match(sheet);
        return new AutosavingLearner(client, address, int.Parse(texts.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) - 1) { token = TokenOf(sheet) };
    }

    /// <summary>Answers until the server does not answer. A step that was not confirmed is sent again with the same number, also after the restart.</summary>
    public async Task Autosave(Action<AcknowledgedStep> confirmed)
    {
        while (true)
        {
            var answer = $"answer {sequence}";
            using var fields = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["page"] = page.ToString("N"),
                ["steps"] = JsonSerializer.Serialize(new[] { new { sequence, question, values = new[] { answer } } }),
            });
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/steps") { Content = fields };
            request.Headers.Add("RequestVerificationToken", token);
            request.Headers.Add("X-Requested-With", "XMLHttpRequest");
            try
            {
                using var response = await client.SendAsync(request);
                await response.Content.ReadAsStringAsync();
                if (response.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
                    continue;
                }

                if (!response.IsSuccessStatusCode)
                    throw new InvalidOperationException($"Step {sequence} was answered with {(int)response.StatusCode}.");
            }
            catch (HttpRequestException)
            {
                return;
            }

            confirmed(new AcknowledgedStep(attempt, page, sequence, answer));
            sequence++;
        }
    }

    public void Dispose() => client.Dispose();

    private static async Task<HttpResponseMessage> Post(HttpClient client, string form, string action, params (string Name, string Value)[] fields)
    {
        var given = TokenOf(await client.GetStringAsync(new Uri(form, UriKind.Relative)));
        using var content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", given)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        var response = await client.PostAsync(new Uri(action, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        return response;
    }

    private static string TokenOf(string page) => Token().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    // A field of words, not of numbers and not one to tick.
    [GeneratedRegex("<input id=\"iq[0-9]+\" name=\"q([0-9]+)\" autocomplete")]
    private static partial Regex TextQuestion();
}
