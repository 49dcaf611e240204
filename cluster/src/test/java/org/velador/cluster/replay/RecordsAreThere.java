package org.velador.cluster.replay;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.velador.cluster.site.SharedSite;

/**
 * Skips a test, before a site is started for it, where the records are not: they are no part of the project. They are looked
 * for in {@code ../shared/data/physionet-2012} beside the checkout, or where {@code -Dvelador.physionet=folder} says.
 */
final class RecordsAreThere implements ExecutionCondition {

    static Path folder() {
        String folder = System.getProperty("velador.physionet", "../shared/data/physionet-2012");
        return SharedSite.root().resolve(folder).normalize();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Files.isDirectory(folder())) {
            return ConditionEvaluationResult.enabled("records in " + folder());
        }
        String reason = "no records in " + folder() + " (another folder: -Dvelador.physionet=folder)";
        // The report of a build in which nothing fails is not looked at.
        System.out.println("Real input is not replayed: " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
