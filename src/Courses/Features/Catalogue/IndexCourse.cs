using System.Net;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Catalogue;

/// <summary>Has the search find a course by the words it has now.</summary>
internal sealed record IndexCourse(Guid CourseId) : IRequest;

internal sealed class IndexCourseHandler(CoursesDb db, CourseWords index, Searches searches, IMediator mediator) : IRequestHandler<IndexCourse, Unit>
{
    public async Task<Unit> Handle(IndexCourse request, CancellationToken cancellationToken)
    {
        var id = request.CourseId;
        if (await db.Courses.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } course)
            return Unit.Value;
        var sections = await db.Sections.AsNoTracking().Where(s => s.CourseId == id).OrderBy(s => s.Position).Select(s => new { s.Id, s.Title, s.Summary }).ToListAsync(cancellationToken);
        var team = await db.Team.AsNoTracking().Where(t => t.CourseId == id).Select(t => t.PersonId).ToListAsync(cancellationToken);
        var people = await mediator.Send(new PeopleQuery(team), cancellationToken);

        var text = new StringBuilder()
            .AppendJoin('\n', [course.Subject, course.Summary, .. course.Objectives, Plain(course.DescriptionHtml), Plain(course.AudienceHtml), .. sections.SelectMany(s => new[] { s.Title, s.Summary })]);
        // Drafts are the team's; of a quiz its title alone, for its questions are not for everyone.
        var items = db.Items.AsNoTracking().Where(i => i.CourseId == id && i.Published);
        text.Append('\n').AppendJoin('\n', await items.Select(i => i.Title).ToListAsync(cancellationToken));
        await foreach (var html in items.Where(i => i.Kind == ItemKind.Lesson).Select(i => i.Html).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (text.Length >= CourseWords.LongestText)
                break; // of a large course most texts need not be read at all
            text.Append('\n').Append(Plain(html));
        }

        var names = course.Authors.Select(a => a.Name).Concat(people.Values.Select(p => p.Name));
        await index.Put(id, course.Title, string.Join('\n', names), text.ToString(), cancellationToken);
        searches.Forget();
        return Unit.Value;
    }

    // The HTML is our own, so every < begins a tag and every > that ends one is the next.
    private static string Plain(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var tag = html.IndexOf('<', at) is >= 0 and var open ? open : html.Length;
            text.Append(html, at, tag - at).Append(' ');
            at = html.IndexOf('>', tag < html.Length ? tag : 0) is >= 0 and var close && close > tag ? close + 1 : html.Length;
        }

        return WebUtility.HtmlDecode(text.ToString());
    }
}
