using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.TestKit;
using Xunit;
using static MoocPlatform.Quizzes.Tests.Taking.AttemptPages;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>
/// Thousands of cuts at random: a request is lost, its answer is lost, it arrives twice or late, the tab is closed and opened again, two
/// tabs write. A model of the page's journal (Client/attempt/journal.ts) talks to the whole app over HTTP; whatever happens, no
/// answer is lost and none counts twice.
/// </summary>
public sealed class CutsTests(World world) : IClassFixture<World>
{
    private const int Questions = 4;
    private const int Rounds = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Whatever_is_cut_no_answer_is_lost_and_none_counts_twice(int seed)
    {
        var random = new Random(seed);
        var course = await QuizCourse.Make(world, questions: string.Concat(Enumerable.Range(0, Questions).Select(q => $"## Q{q} {{#q{q} short}}\nWhat?\n\n= x*\n\n")));
        var ana = await course.Learner($"Ana {seed}");
        await ana.Start(course);
        var attempt = await course.AttemptOf($"Ana {seed}");
        var wire = new Wire(ana, course, attempt, await Token(ana), random);

        var device = new Device();
        var tab = new Tab(device);
        var given = new string[Questions];
        for (var round = 0; round < Rounds; round++)
        {
            var question = random.Next(Questions);
            tab.Answer(question, given[question] = $"x{seed}-{round}");
            await tab.Send(wire);
            if (random.Next(20) == 0)
                tab = new Tab(device); // closed and opened again: what it had not sent stands in the journal of the device
        }

        wire.IsWhole = true;
        await tab.Send(wire);
        await wire.Late(); // what was under way for long comes after everything else
        Assert.Empty(device.Journals);

        var held = (await course.AttemptOf($"Ana {seed}")).Held;
        Assert.Equal(given, held.Select(h => h?.Answer?.Text));
        var steps = await world.StepsOf(attempt);
        Assert.Equal(steps.Count, steps.DistinctBy(s => (s.Page, s.Sequence)).Count());
        Assert.All(steps, s => Assert.Contains(device.Written, w => w.Page == s.Page && w.Sequence == s.Sequence && w.Question == s.Question && s.Answer!.Contains(w.Value, StringComparison.Ordinal)));
        Assert.True(wire.Cuts > Rounds / 3, $"Only {wire.Cuts} cuts.");

        var last = await ana.Open(course.AttemptPath(attempt));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ana.Submit(last, SubmitButton)));
        Assert.Equal(Questions, (await course.AttemptOf($"Ana {seed}")).Score);
    }

    private static async Task<string> Token(Browser browser) => (await browser.Open("/my")).QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;

    private sealed record Written(Guid Page, long Sequence, int Question, string Value);

    /// <summary>What localStorage holds: the steps not yet confirmed, by page, in the order in which the pages were opened.</summary>
    private sealed class Device
    {
        private long opened;

        public SortedDictionary<long, Journal> Journals { get; } = [];

        public List<Written> Written { get; } = [];

        public long Next() => ++opened;
    }

    private sealed class Journal(Guid page)
    {
        public Guid Page => page;

        public List<Written> Waiting { get; } = [];
    }

    /// <summary>The page: what is answered is journalled first, sent after, and leaves the journal when the server has confirmed it.</summary>
    private sealed class Tab(Device device)
    {
        private readonly Guid page = Guid.CreateVersion7();
        private readonly long number = device.Next();
        private long sequence;

        public void Answer(int question, string value)
        {
            if (!device.Journals.TryGetValue(number, out var journal))
                device.Journals[number] = journal = new Journal(page);
            journal.Waiting.RemoveAll(w => w.Question == question);
            var written = new Written(page, ++sequence, question, value);
            journal.Waiting.Add(written);
            device.Written.Add(written);
        }

        public async Task Send(Wire wire)
        {
            foreach (var (key, journal) in device.Journals.ToList())
            {
                var sent = journal.Waiting.ToList();
                if (sent.Count > 0 && !await wire.Post(journal.Page, sent))
                    return; // what is older goes first: nothing newer overtakes it
                journal.Waiting.RemoveAll(sent.Contains);
                if (journal.Waiting.Count == 0)
                    device.Journals.Remove(key);
            }
        }
    }

    /// <summary>The network, which loses, doubles and delays.</summary>
    private sealed class Wire(Browser browser, QuizCourse course, Attempt attempt, string token, Random random)
    {
        private readonly List<(Guid Page, List<Written> Steps)> delayed = [];

        public bool IsWhole { get; set; }

        public int Cuts { get; private set; }

        /// <returns>Whether the answer has come.</returns>
        public async Task<bool> Post(Guid page, List<Written> steps)
        {
            switch (IsWhole ? 9 : random.Next(10))
            {
                case 0 or 1: // the request is lost
                    Cuts++;
                    return false;
                case 2 or 3: // its answer is lost
                    Cuts++;
                    await Reach(page, steps);
                    return false;
                case 7: // it is under way for so long that the page gives up, and it arrives when others have
                    Cuts++;
                    delayed.Add((page, steps));
                    return false;
                case 4: // it comes twice at once
                    Cuts++;
                    await Task.WhenAll(Reach(page, steps), Reach(page, steps));
                    return true;
                case 5: // it arrives, and once more much later
                    Cuts++;
                    delayed.Add((page, steps));
                    await Reach(page, steps);
                    return true;
                case 6 when delayed.Count > 0:
                    await Late();
                    goto default;
                default:
                    await Reach(page, steps);
                    return true;
            }
        }

        /// <summary>What was under way for long arrives.</summary>
        public async Task Late()
        {
            foreach (var (page, steps) in delayed.OrderBy(_ => random.Next()).ToList())
                await Reach(page, steps);
            delayed.Clear();
        }

        private async Task Reach(Guid page, List<Written> steps)
        {
            var sent = JsonSerializer.Serialize(steps.Select(s => new { sequence = s.Sequence, question = s.Question, values = new[] { s.Value } }));
            var answer = await browser.Client.PostAsync(new Uri(course.AttemptPath(attempt) + "/steps", UriKind.Relative), new FormUrlEncodedContent(
                [new("page", page.ToString("N")), new("steps", sent), new("__RequestVerificationToken", token)]));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
