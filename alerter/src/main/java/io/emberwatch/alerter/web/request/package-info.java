/**
 * What a request says, read strictly: anything not understood is a {@link
 * io.emberwatch.alerter.web.request.Refusal}. Shared by API and pages; knows neither.
 */
@NullMarked
package io.emberwatch.alerter.web.request;

import org.jspecify.annotations.NullMarked;
