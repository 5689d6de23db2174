using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Importing;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Markup;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Something to mend before learners come, in the reader's words.</summary>
/// <param name="Blocks">Whether a run cannot be published while it is so: learners would stand before something broken. Otherwise it is advice.</param>
/// <param name="Title">Of the section or item; null: the course itself.</param>
/// <param name="Link">Where it is mended.</param>
internal sealed record Finding(bool Blocks, string What, string? Title, string Link);

/// <summary>Looks at everything that learners would see, and at the dates of runs. What blocks comes first; at most <see cref="Most"/>.</summary>
/// <param name="Changes">Dates that are about to be saved with the run.</param>
internal sealed record ChecklistQuery(Book Book, IReadOnlyList<Run> Runs, IReadOnlyList<OffsetChange> Changes) : IRequest<IReadOnlyList<Finding>>
{
    public const int Most = 200;
}

internal sealed class ChecklistAnswer(ItemReports reports, IStringLocalizer<Text> words, IStringLocalizerFactory texts) : IRequestHandler<ChecklistQuery, IReadOnlyList<Finding>>
{
    public async Task<IReadOnlyList<Finding>> Handle(ChecklistQuery request, CancellationToken ct)
    {
        var book = request.Book;
        var items = book.Sections.SelectMany(s => s.Items).ToList();
        var published = items.FindAll(i => i.Published);
        List<Finding> findings = [.. Facts(book.Course), .. Dates(request)];
        if (published.Count == 0)
            findings.Add(new(true, words["There is nothing to read yet. Publish a lesson first."], null, CourseLinks.Teach(book.Course.Slug) + "#outline"));
        if (items.Count - published.Count is > 0 and var drafts)
            findings.Add(new(false, words.Count("1 draft is not shown to learners.|{0} drafts are not shown to learners.", drafts), null, CourseLinks.Teach(book.Course.Slug) + "#outline"));
        foreach (var (item, report) in await reports.Of(book, published, ct))
            findings.AddRange(InText(book, item, report));
        return [.. findings.OrderByDescending(f => f.Blocks).Take(ChecklistQuery.Most)];
    }

    private IEnumerable<Finding> Facts(Course course)
    {
        var page = AuthoringLinks.Facts(course.Slug);
        if (course.Summary.Length == 0)
            yield return new(false, words["The course has no summary: the catalogue shows its title alone."], null, page + "#Summary");
        if (course.Objectives.Count == 0)
            yield return new(false, words["No objectives are named: say what people will be able to do."], null, page + "#Objectives");
        if (Licence.Find(course.Licence) is null)
            yield return new(false, words["No licence is chosen: nobody knows what they may do with the course."], null, page + "#Licence");
        if (course.Accessibility.Length == 0)
            yield return new(false, words["There is no note on accessibility: say what is captioned, described, or missing."], null, page + "#Accessibility");
        foreach (var problem in MarkdownRenderer.Render(course.Description, CourseMarkup.Options(course.Id, course.Language) with { For = MarkupFor.Post }).Problems)
            yield return new(false, Line(problem.Line, words[problem.Message, problem.Arguments]), words["About this course"], page + "#Description");
    }

    private IEnumerable<Finding> Dates(ChecklistQuery request)
    {
        Offset? Date(OffsetOf what, Guid id, Offset? kept) => request.Changes.FirstOrDefault(c => c.What == what && c.Id == id) is { } change ? change.Now : kept;
        var course = request.Book.Course;
        foreach (var run in request.Runs)
        {
            var page = AuthoringLinks.Run(course.Slug, request.Book.Run(run.Id) is null ? "new" : run.Slug) + "#dates";
            foreach (var section in request.Book.Sections.Where(s => s.Items.Exists(i => i.Published)))
            {
                var opens = run.At(Date(OffsetOf.Release, section.Id, section.Release)!);
                if (opens >= run.End)
                    yield return new(true, words["It opens on {0}, when run {1} has ended.", RunDay.Of(opens, run.Zone), run.Slug], section.Title, page);
                foreach (var quiz in section.Items.Where(i => i.Published && i.Kind == ItemKind.Quiz))
                {
                    var from = Date(OffsetOf.Opens, quiz.Id, quiz.Opens) is { } own && run.At(own) > opens ? run.At(own) : opens;
                    if (from >= run.End && from != opens)
                        yield return new(true, words["It takes attempts from {0}, when run {1} has ended.", RunDay.Of(from, run.Zone), run.Slug], quiz.Title, page);
                    if (Date(OffsetOf.Due, quiz.Id, quiz.Due) is not { } last)
                        continue;
                    if (run.At(last) > run.End)
                        yield return new(true, words["It is due on {0}, when run {1} has ended.", RunDay.Of(run.At(last), run.Zone), run.Slug], quiz.Title, page);
                    if (run.At(last) <= from)
                        yield return new(true, words["It is due on {0}, before it opens in run {1}.", RunDay.Of(run.At(last), run.Zone), run.Slug], quiz.Title, page);
                }
            }
        }
    }

    private IEnumerable<Finding> InText(Book book, Item item, ItemReport report)
    {
        var page = AuthoringLinks.Item(book.Course.Slug, item.Slug);
        if (report.Empty)
            yield return new(true, words[item.Kind == ItemKind.Quiz ? "This quiz has no questions." : "This lesson is empty."], item.Title, page);
        foreach (var link in report.Links.Select(l => l.Split('#')[0]).Where(Slug.IsWellFormed).Distinct(StringComparer.Ordinal))
        {
            if (book.Item(link) is not { } target)
                yield return new(true, words["No item of the course is called {0}.", link], item.Title, page);
            else if (!target.Published)
                yield return new(true, words["A link leads to “{0}”, which is a draft.", target.Title], item.Title, page);
        }

        foreach (var asset in report.Assets.Where(a => !book.Assets.ContainsKey(a["assets/".Length..])))
            yield return new(true, words["There is no file {0}.", asset], item.Title, page);
        var quizWords = texts.Create("Text", ItemProblems.QuizzesRoom);
        foreach (var message in report.Problems.Select(p => Line(p.Line, (p.OfQuizzes ? quizWords : (IStringLocalizer)words)[p.Message, p.Arguments])).Distinct(StringComparer.Ordinal))
            yield return new(item.Kind == ItemKind.Quiz, message, item.Title, page);
    }

    private string Line(int line, string message) => words["Line {0}: {1}", line, message];
}

/// <summary>What the renderer, or Quizzes, says about the text of an item. It does not change until the text does.</summary>
/// <param name="Links">As <see cref="Rendered.Links"/>.</param>
/// <param name="Assets">As <see cref="Rendered.Assets"/>.</param>
internal sealed record ItemReport(bool Empty, IReadOnlyList<TextProblem> Problems, IReadOnlyList<string> Links, IReadOnlyList<string> Assets);

/// <param name="Message">Format string: a key of the words of Courses, or of Quizzes.</param>
internal sealed record TextProblem(int Line, string Message, object[] Arguments, bool OfQuizzes);

/// <summary>Reads texts once for each revision: a checklist of 400 lessons is a look into memory.</summary>
internal sealed class ItemReports(CoursesDb db, IMediator mediator, IMemoryCache cache)
{
    private static readonly MemoryCacheEntryOptions WhileUsed = new() { SlidingExpiration = TimeSpan.FromMinutes(30) };

    public async Task<List<(Item Item, ItemReport Report)>> Of(Book book, List<Item> items, CancellationToken ct)
    {
        var missing = items.Where(i => !cache.TryGetValue(Key(i), out _)).ToList();
        foreach (var some in missing.Chunk(100))
        {
            Guid[] ids = [.. some.Select(i => i.Id)];
            var texts = await db.Items.AsNoTracking().Where(i => ids.Contains(i.Id)).Select(i => new { i.Id, i.Markdown }).ToDictionaryAsync(i => i.Id, i => i.Markdown, ct);
            foreach (var item in some.Where(i => texts.ContainsKey(i.Id)))
                cache.Set(Key(item), item.Kind == ItemKind.Quiz ? await Quiz(texts[item.Id], ct) : Lesson(book.Course, texts[item.Id]), WhileUsed);
        }

        return [.. items.Select(i => (i, cache.Get<ItemReport>(Key(i))!)).Where(i => i.Item2 is not null)];
    }

    private static (string, Guid, int, int) Key(Item item) => ("report", item.Id, item.Revision, MarkdownRenderer.Version);

    private static ItemReport Lesson(Course course, string markdown)
    {
        var rendered = MarkdownRenderer.Render(markdown, CourseMarkup.Options(course.Id, course.Language));
        return new(
            rendered.Words == 0 && rendered.Assets.Count == 0 && rendered.Links.Count == 0,
            [.. rendered.Problems.Select(p => new TextProblem(p.Line, p.Message, p.Arguments, false))], rendered.Links, rendered.Assets);
    }

    private async Task<ItemReport> Quiz(string markdown, CancellationToken ct)
    {
        var problems = new List<TextProblem>();
        ItemFile.Read(markdown, (line, message) => problems.Add(new(line, message.Format, [.. message.GetArguments().Select(a => $"{a}")], false)));
        var check = await mediator.Send(new CheckQuizQuery(markdown), ct);
        problems.AddRange(check.Problems.Select(p => new TextProblem(p.Line, p.Message, [.. p.Arguments], true)));
        return new(check.Questions == 0 && problems.Count == 0, problems, [], []);
    }
}
