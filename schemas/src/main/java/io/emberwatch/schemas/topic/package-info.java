/**
 * The catalogue of topics: what each is called, what it holds, how it is kept.
 *
 * <p>Entry classes: {@link io.emberwatch.schemas.topic.Topics} to name a topic and {@link
 * io.emberwatch.schemas.topic.TopicAdmin} to create and compare them. It must not know a service.
 */
@NullMarked
package io.emberwatch.schemas.topic;

import org.jspecify.annotations.NullMarked;
