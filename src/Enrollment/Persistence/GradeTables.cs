using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;

namespace MoocPlatform.Enrollment.Persistence;

/// <summary>The tables of grades, of the team's lists and of private calendars.</summary>
internal static class GradeTables
{
    public static void MapGrades(this ModelBuilder model, bool onPostgres)
    {
        var enrolment = model.Entity<Enrolment>();
        enrolment.Property(e => e.SortName).UseCollation(onPostgres ? "C" : null); // sorted by code point on both, which a search by the beginning needs
        enrolment.HasIndex(e => new { e.RunId, e.Standing, e.SortName, e.LearnerId }).HasDatabaseName("ix_enrollment_enrolments_name");
        enrolment.HasIndex(e => new { e.RunId, e.Standing, e.DoneCount, e.LearnerId }).HasDatabaseName("ix_enrollment_enrolments_progress");
        enrolment.HasIndex(e => new { e.RunId, e.Standing, e.LastSeenAt, e.LearnerId }).HasDatabaseName("ix_enrollment_enrolments_active");
        enrolment.HasIndex(e => new { e.RunId, e.Standing, e.Grade, e.LearnerId }).HasDatabaseName("ix_enrollment_enrolments_grade");

        var score = model.Entity<AttemptScore>().ToTable("enrollment_scores");
        score.HasKey(s => s.AttemptId);
        score.Property(s => s.AttemptId).ValueGeneratedNever();
        score.Ignore(s => s.Percent);
        score.HasIndex(s => new { s.RunId, s.LearnerId }).HasDatabaseName("ix_enrollment_scores_learner");

        var by = model.Entity<GradeOverride>().ToTable("enrollment_overrides");
        by.Property(o => o.Id).ValueGeneratedNever();
        by.HasIndex(o => new { o.RunId, o.LearnerId, o.Number }).HasDatabaseName("ix_enrollment_overrides_learner");

        var plan = model.Entity<KeptPlan>().ToTable("enrollment_plans");
        plan.HasKey(p => new { p.CourseId, p.Revision });

        var closed = model.Entity<ClosedGrades>().ToTable("enrollment_closed_grades");
        closed.HasKey(c => c.RunId);
        closed.Property(c => c.RunId).ValueGeneratedNever();

        var message = model.Entity<TeamMessage>().ToTable("enrollment_messages");
        message.Property(m => m.Id).ValueGeneratedNever();

        var calendar = model.Entity<PrivateCalendar>().ToTable("enrollment_calendars");
        calendar.HasKey(c => c.PersonId);
        calendar.Property(c => c.PersonId).ValueGeneratedNever();
        calendar.HasIndex(c => c.Hash).IsUnique().HasDatabaseName("ux_enrollment_calendars_hash");
    }
}
