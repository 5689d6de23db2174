using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;

namespace MoocPlatform.Enrollment.Persistence;

internal static class DiaryTables
{
    public static void MapDiary(this ModelBuilder model)
    {
        var entry = model.Entity<DiaryEntry>().ToTable("enrollment_diary_entries");
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.Property(e => e.Prompt).HasMaxLength(DiaryEntry.LongestPrompt);
        entry.Property(e => e.Licence).HasMaxLength(32);
        entry.Property(e => e.Revision).IsConcurrencyToken();
        entry.HasIndex(e => new { e.LearnerId, e.Id }).HasDatabaseName("ix_enrollment_diary_entries_learner");
    }
}
