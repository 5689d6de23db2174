using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Banking;

/// <summary>The questions of all quizzes of a course, a page of them, for who writes it. To everybody else it does not exist.</summary>
/// <param name="Admin">Whether the person runs the site.</param>
/// <param name="Tag">Only with this tag; null: all.</param>
/// <param name="After">The last question of the page before; null: from the beginning.</param>
internal sealed record BankQuery(string Course, Guid PersonId, bool Admin, string? Tag, Guid? After) : IRequest<BankShown>;

/// <param name="Tags">All tags of the course, in the order of letters.</param>
/// <param name="Next">What the next page comes after; null: this is the last.</param>
internal sealed record BankShown(CourseName Course, IReadOnlyList<BankRow> Rows, IReadOnlyList<string> Tags, Guid? Next);

/// <param name="Quiz">Where it is asked; null: that quiz is gone.</param>
/// <param name="Asked">False: it is no longer in the text, and attempts that have it keep it.</param>
internal sealed record BankRow(Guid Id, string Name, string Label, string Kind, IReadOnlyList<string> Tags, int Versions, DateTimeOffset WrittenAt, QuizName? Quiz, bool Asked, bool Pool);

internal sealed class BankHandler(QuizzesDb db, IMediator mediator) : IRequestHandler<BankQuery, BankShown>
{
    private const int PageSize = 50;
    private const int MostTagged = 5000;

    public async Task<BankShown> Handle(BankQuery query, CancellationToken ct)
    {
        var course = await mediator.Send(new CourseBySlugQuery(query.Course), ct) ?? throw new NotFound();
        if (!query.Admin && await mediator.Send(new CourseRoleQuery(course.CourseId, query.PersonId), ct) is not >= CourseRole.Instructor)
            throw new NotFound();

        var questions =
            from question in db.Set<Question>().AsNoTracking()
            join quiz in db.Quizzes on question.QuizId equals quiz.Id
            where quiz.CourseId == course.CourseId && question.Kind != Kinds.Draw
            select question;
        var tags = await questions.Where(q => q.Asked && q.Tags != "").Select(q => q.Tags).Take(MostTagged).ToListAsync(ct);
        var wanted = query.Tag is { Length: > 0 } tag ? questions.Where(q => q.Tags.Contains("|" + tag + "|")) : questions;
        if (query.After is { } after)
            wanted = wanted.Where(q => q.Id.CompareTo(after) > 0);

        var page = await (
            from question in wanted.OrderBy(q => q.Id).Take(PageSize + 1)
            join version in db.Versions on question.VersionId equals version.Id
            orderby question.Id
            select new { question, version.WrittenAt }).ToListAsync(ct);
        var rows = page.Take(PageSize).Select(p => new BankRow(
            p.question.Id, p.question.Name, p.question.Label, p.question.Kind, p.question.TagList, p.question.Versions, p.WrittenAt, course.Quizzes.GetValueOrDefault(p.question.QuizId), p.question.Asked, p.question.Pool));
        return new BankShown(
            course, [.. rows], [.. tags.SelectMany(Question.TagsOf).Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCultureIgnoreCase)],
            page.Count > PageSize ? page[PageSize - 1].question.Id : null);
    }
}
