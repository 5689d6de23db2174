using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;

namespace MoocPlatform.Enrollment.Persistence;

/// <summary>What a list of learners is sorted by.</summary>
internal enum RosterSort
{
    Name,
    Progress,
    LastSeen,
    Grade,
}

/// <summary>Pages of learners by key: each costs the same, whichever it is.</summary>
internal static class Keyset
{
    /// <summary>Learners in order, after one of them.</summary>
    /// <param name="after">The last of the page before; null: from the first.</param>
    public static IQueryable<Enrolment> InOrder(this IQueryable<Enrolment> learners, RosterSort sort, bool down, Enrolment? after) => sort switch
    {
        RosterSort.Progress => Page(learners, e => e.DoneCount, after, down),
        RosterSort.LastSeen => Page(learners, e => e.LastSeenAt, after, down),
        RosterSort.Grade => Page(learners, e => e.Grade, after, down),
        _ => Page(learners, e => e.SortName, after, down),
    };

    /// <summary>Compares as <see cref="InOrder"/> sorts.</summary>
    public static IEnumerable<Enrolment> InOrder(IEnumerable<Enrolment> learners, RosterSort sort, bool down)
    {
        var ordered = sort switch
        {
            RosterSort.Progress => learners.OrderBy(e => e.DoneCount),
            RosterSort.LastSeen => learners.OrderBy(e => e.LastSeenAt),
            RosterSort.Grade => learners.OrderBy(e => e.Grade),
            _ => learners.OrderBy(e => e.SortName, CodePoints.Order),
        };
        var all = ordered.ThenBy(e => e.LearnerId);
        return down ? all.Reverse() : all;
    }

    private static IQueryable<Enrolment> Page<TKey>(IQueryable<Enrolment> learners, Expression<Func<Enrolment, TKey>> key, Enrolment? after, bool down)
    {
        if (after is not null)
        {
            // key >= k and (key > k or id > i): the first half is what lets the database go straight to the place.
            var (row, last, id) = (key.Parameters[0], key.Compile()(after), after.LearnerId);
            var known = Captured(() => last);
            var beyond = Expression.AndAlso(
                Compared(key.Body, known, down, orEqual: true),
                Expression.OrElse(Compared(key.Body, known, down, orEqual: false), Compared(Expression.Property(row, nameof(Enrolment.LearnerId)), Captured(() => id), down, orEqual: false)));
            learners = learners.Where(Expression.Lambda<Func<Enrolment, bool>>(beyond, row));
        }

        return down ? learners.OrderByDescending(key).ThenByDescending(e => e.LearnerId) : learners.OrderBy(key).ThenBy(e => e.LearnerId);
    }

    // A value read from a closure becomes a parameter of the statement, which then is the same for all pages.
    private static Expression Captured<T>(Expression<Func<T>> value) => value.Body;

    private static BinaryExpression Compared(Expression left, Expression right, bool down, bool orEqual)
    {
        if (left.Type == typeof(string))
            (left, right) = (Expression.Call(typeof(string), nameof(string.Compare), null, left, right), Expression.Constant(0));
        else if (left.Type == typeof(Guid))
            (left, right) = (Expression.Call(left, nameof(Guid.CompareTo), null, right), Expression.Constant(0));
        return (down, orEqual) switch
        {
            (false, false) => Expression.GreaterThan(left, right),
            (false, true) => Expression.GreaterThanOrEqual(left, right),
            (true, false) => Expression.LessThan(left, right),
            _ => Expression.LessThanOrEqual(left, right),
        };
    }

    /// <summary>The order of the databases: by code point, not by UTF-16 unit.</summary>
    private sealed class CodePoints : IComparer<string>
    {
        public static readonly CodePoints Order = new();

        public int Compare(string? x, string? y)
        {
            var (a, b) = (x!.EnumerateRunes(), y!.EnumerateRunes());
            while (true)
            {
                var (more, other) = (a.MoveNext(), b.MoveNext());
                if (!more || !other)
                    return more.CompareTo(other);
                if (a.Current != b.Current)
                    return a.Current.CompareTo(b.Current);
            }
        }
    }
}
