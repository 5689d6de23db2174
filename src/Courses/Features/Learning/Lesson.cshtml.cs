using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Shared;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Markup;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Courses.Features.Learning;

/// <summary>A lesson of a run. Open to everyone once released; before that, a page that says when, and becomes the lesson by itself.</summary>
[AllowAnonymous]
[KeptForVisitors]
internal sealed class LessonModel(Shelf shelf, IViewComponentSelector parts) : ModulePage
{
    public Book Book { get; private set; } = null!;

    public RunTerm Run { get; private set; } = null!;

    public Item Item { get; private set; } = null!;

    public Outlook Outlook { get; private set; } = null!;

    /// <summary>Null: the lesson is not released and the reader is not of the team.</summary>
    public LessonText? Text { get; private set; }

    public bool IsTeam { get; private set; }

    /// <summary>The reader's enrolment, of those who left too.</summary>
    public EnrolmentState? Enrolment { get; private set; }

    /// <summary>The reader's enrolment; null for visitors and those who left.</summary>
    public EnrolmentState? Mine => Outlook.Mine;

    public bool IsDone => Mine?.IsDone(Item.Number) is true;

    /// <summary>From when on everyone may read it.</summary>
    public DateTimeOffset ReleasedAt { get; private set; }

    public bool IsReleased => Item.Published && ReleasedAt <= Reader.Now;

    /// <summary>In how many threads something is new to the reader; null: not looked at yet.</summary>
    public int? Unread { get; private set; }

    /// <summary>Whether the talk about the item can be shown here.</summary>
    public bool HasTalk => parts.SelectComponent(TalkParts.BesideItem) is not null;

    /// <summary>Whether the reader has a diary to write in here.</summary>
    public bool HasDiary => Mine is not null && parts.SelectComponent(DiaryParts.BesideItem) is not null;

    /// <summary>The headings worth a place in "on this page".</summary>
    public IReadOnlyList<Heading> Headings => Text is null ? [] : [.. Text.Headings.Where(h => h.Level == 2)];

    public async Task<IActionResult> OnGetAsync(string course, string run, string item)
    {
        var ct = HttpContext.RequestAborted;
        Book = await shelf.BySlug(course, ct) ?? throw new NotFound();
        var entity = Book.Run(run) ?? throw new NotFound();
        Run = entity.Term(Book.Course);
        IsTeam = Book.IsTeam(User);
        Item = Book.Item(item) ?? throw new NotFound();
        if (!IsTeam && (!Run.Published || !Item.Published))
            throw new NotFound();

        var outline = Book.Outline(entity);
        var section = outline.Sections.FirstOrDefault(s => s.Id == Item.SectionId);
        ReleasedAt = section?.ReleasedAt ?? Run.Start;
        if (Item.Kind == ItemKind.Quiz && Item.Published && (IsReleased || IsTeam))
            return LocalRedirect(QuizLinks.Quiz(Book.Course.Slug, Run.RunSlug, Item.Slug));

        Enrolment = MeOrNull is { } me ? await Send(new EnrolmentQuery(Run.RunId, me)) : null;
        Outlook = new(Book.Course, Run, outline, Item, Enrolment is { Active: true } ? Enrolment : null);
        if (Item.Kind == ItemKind.Lesson && (IsReleased || IsTeam))
            Text = await shelf.Lesson(Book, Item, ct);
        return Mine is null || IsTeam || Text is null || !HasTalk ? Page() : await ForMany(Mine);
    }

    // What learners see of themselves is what they have done, and what is new to them in the talk. Who teaches elsewhere has a way there in the header.
    private async Task<IActionResult> ForMany(EnrolmentState mine)
    {
        var talk = await Send(new TalkGlanceQuery(Run.CourseId, Run.RunId, Item.Id, mine.LearnerId));
        Unread = talk.Unread;
        return talk.IsRestrained || await Send(new TeachesQuery(mine.LearnerId)) ? Page() : PageForMany($"{Convert.ToHexString(mine.Done)} {talk.Sequence} {talk.Unread}");
    }

    /// <summary>
    /// Attributes by which a script tells Enrollment that a learner has opened the lesson. To a visitor the page of a run that has started is
    /// still: nothing of it changes that a reader without an account waits for, and so they cost no connection.
    /// </summary>
    public IHtmlContent Seen() => (Mine, MeOrNull) switch
    {
        ({ }, _) => new HtmlFormattableString("data-seen=\"/learn/{0}/{1}/seen\" data-item=\"{2}\"", Book.Course.Slug, Run.RunSlug, Item.Slug),
        (null, null) when Run.Start <= Reader.Now => new HtmlString("data-still"),
        _ => HtmlString.Empty,
    };

    /// <summary>"Week 3, step 3 of 6. About 15 minutes".</summary>
    public string Eyebrow()
    {
        if (Outlook.Section is not { } section)
            return Texts["Draft, seen by the team only"];
        var step = section.Items.TakeWhile(i => i.Id != Item.Id).Count() + 1;
        return Texts["{0}, step {1} of {2}. About {3}", Texts.Part(Book.Course, Outlook.Outline.Sections.Count, section.Number), step, section.Items.Count, Words.Minutes(Item.Minutes)];
    }
}
