using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>The questions of an open attempt. Without script its two buttons send all fields; with it each answer goes out by itself.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class AttemptModel(QuestionHtml words, CheckedHtml checks) : ModulePage
{
    public AttemptShown Shown { get; private set; } = null!;

    /// <summary>When the newest answer shown here had come, in ticks: what other pages answer later is not undone by this form.</summary>
    public long Seen { get; private set; }

    /// <summary>The answers shown: those held or, after a refusal, those sent.</summary>
    public IReadOnlyList<Answer?> Given { get; private set; } = [];

    /// <summary>Whether the time is up and nobody has ended the attempt yet.</summary>
    public bool TimeIsUp => Shown.Open.Over(Reader.Now) is not null;

    // Not bound: thousands submit at the same moment, and binding costs more than grading.
    private QuizAddress Address => new(Route("course"), Route("run"), Route("item"));

    private Guid Id => Guid.Parse(Route("id"));

    public async Task<IActionResult> OnGetAsync()
    {
        await Load();
        return Shown.Attempt.IsOpen ? Page() : LocalRedirect(Shown.Link + "/result");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var form = Request.Form;
        var (fields, act) = (Fields(form), form["act"].ToString());
        int? check = act.StartsWith("check-", StringComparison.Ordinal) && int.TryParse(act.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : null;
        var command = new SubmitAttempt(Id, Me, fields, At(form["seen"]), act == "submit", CultureInfo.CurrentCulture, check);
        var to = act == "submit" ? "/result" : check is { } question ? "#" + QuestionHtml.Field(question) : "";
        return await Do(command, _ => LocalRedirect(Contracts.QuizLinks.Attempt(Address.Course, Address.Run, Address.Item, Id) + to), async () =>
        {
            await Load();
            Given = [.. Given.Select((held, i) => fields.TryGetValue(i, out var values)
                ? Shown.Questions[i].Read(values, Shown.Attempt.Sheet.Questions[i].Order, CultureInfo.CurrentCulture)
                : held)];
        });
    }

    /// <summary>Whether the answer to a question was checked for the last time.</summary>
    public bool IsFinal(int question) => Shown.Attempt.Held[question]?.Final == true;

    public string Section(int question)
    {
        var (count, body, sheet) = (Shown.Questions.Count, Shown.Questions[question], Shown.Attempt.Sheet);
        var order = sheet.Questions[question].Order;
        return sheet.Feedback == FeedbackMode.Deferred
            ? words.Section(question, count, body, order, Given[question])
            : checks.Section(question, count, body, order, Given[question], Shown.Attempt.Held[question], sheet, Shown.Review.During);
    }

    private string Route(string name) => (string)RouteData.Values[name]!;

    private async Task Load()
    {
        Shown = await Send(new AttemptQuery(Address, Id, Me));
        Given = [.. Shown.Attempt.Held.Select(h => h?.Answer)];
        Seen = Shown.Attempt.LastAt?.UtcTicks ?? 0;
    }

    // A box without a tick is not sent at all: the form names the questions that it has.
    private static Dictionary<int, IReadOnlyList<string>> Fields(IFormCollection form)
    {
        var fields = new Dictionary<int, IReadOnlyList<string>>();
        foreach (var name in form["asked"])
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var question))
                fields[question] = QuestionHtml.Values(form, question);
        }

        return fields;
    }

    private static DateTimeOffset At(string? seen) =>
        new(Math.Clamp(long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? ticks : 0, DateTimeOffset.UnixEpoch.UtcTicks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
}
