using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Banking;

/// <summary>One question of a course, for who writes it. To everybody else it does not exist.</summary>
/// <param name="Admin">Whether the person runs the site.</param>
internal sealed record BankQuestionQuery(string Course, Guid PersonId, bool Admin, Guid QuestionId) : IRequest<BankQuestion>;

/// <param name="Body">The newest version.</param>
/// <param name="Quiz">Where it stands.</param>
/// <param name="Text">As it is written; null: it was taken out of the text.</param>
/// <param name="Versions">The newest first: number and when it was written.</param>
/// <param name="DrawnBy">Quizzes that may draw it.</param>
/// <param name="Copies">Quizzes that have a copy of it.</param>
/// <param name="Into">Quizzes that a copy of it can be put into.</param>
internal sealed record BankQuestion(
    CourseName Course, string Label, string Kind, bool Pool, string? Origin, QuestionBody Body, QuizName Quiz, QuestionText? Text,
    IReadOnlyList<(int Number, DateTimeOffset WrittenAt)> Versions, IReadOnlyList<QuizName> DrawnBy, IReadOnlyList<QuizName> Copies, IReadOnlyList<QuizName> Into);

internal sealed class BankQuestionHandler(QuizzesDb db, Pools pools, QuestionShelf shelf, IMediator mediator) : IRequestHandler<BankQuestionQuery, BankQuestion>
{
    public async Task<BankQuestion> Handle(BankQuestionQuery query, CancellationToken ct)
    {
        var course = await mediator.Send(new CourseBySlugQuery(query.Course), ct) ?? throw new NotFound();
        if (!query.Admin && await mediator.Send(new CourseRoleQuery(course.CourseId, query.PersonId), ct) is not >= CourseRole.Instructor)
            throw new NotFound();
        var question = await db.Set<Question>().AsNoTracking()
            .SingleOrDefaultAsync(q => q.Id == query.QuestionId && q.Kind != Kinds.Draw && db.Quizzes.Any(z => z.Id == q.QuizId && z.CourseId == course.CourseId), ct) ?? throw new NotFound();
        if (!course.Quizzes.TryGetValue(question.QuizId, out var home))
            throw new NotFound();

        var source = await mediator.Send(new QuizSourceQuery(query.Course, home.Slug, query.PersonId, query.Admin), ct) ?? throw new NotFound();
        var text = QuizParser.Parse(source.Markdown, new Problems()).Questions.FirstOrDefault(q => q.Id == question.Name && q.Kind == question.Kind);
        var versions = await db.Versions.Where(v => v.QuestionId == question.Id).OrderByDescending(v => v.Number).Select(v => new { v.Number, v.WrittenAt }).ToListAsync(ct);
        var quizzes = await pools.Of(course.CourseId, ct);
        var drawnBy = quizzes.Where(q => question.Asked && q.Questions.Any(d => d.Draw is { } draw && question.TagList.Contains(draw.Tag)) && (q.Id != question.QuizId || question.Pool)).Select(q => q.Id);
        var origin = $"{home.Slug}/{question.Name}";
        var copies = await db.Set<Question>().Where(q => q.Origin == origin && q.Asked && db.Quizzes.Any(z => z.Id == q.QuizId && z.CourseId == course.CourseId)).Select(q => q.QuizId).Distinct().ToListAsync(ct);
        return new BankQuestion(
            course, question.Label, question.Kind, question.Pool, question.Origin, (await shelf.Of([question.VersionId], ct))[0], home, text,
            [.. versions.Select(v => (v.Number, v.WrittenAt))], Names(drawnBy), Names(copies), [.. course.Quizzes.Values.Where(q => q.Slug != home.Slug)]);

        List<QuizName> Names(IEnumerable<Guid> ids) => [.. ids.Select(id => course.Quizzes.GetValueOrDefault(id)).OfType<QuizName>()];
    }
}
